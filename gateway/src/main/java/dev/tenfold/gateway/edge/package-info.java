/**
 * Sockets in, sockets out: HTTP, limits on what callers send, JSON-RPC bodies taken apart into
 * calls and replies put together again.
 *
 * <p>Everything here is confined to the event loop of the connection; what is shared is immutable.
 */
@NullMarked
package dev.tenfold.gateway.edge;

import org.jspecify.annotations.NullMarked;
