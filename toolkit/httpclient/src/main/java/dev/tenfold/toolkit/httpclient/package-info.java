/**
 * An HTTP client pool: kept-alive connections per origin, handed out in turn, with a limit on what
 * is open, a bound on what waits, and a deadline on every call.
 *
 * <p>Threads: each client is bound to one event loop, and so is each of its connections. The
 * bookkeeping of all clients (who is idle, who waits) is one {@code Ledger} behind one lock, which
 * is held for a few field accesses and never while anything is sent, closed or completed.
 */
@NullMarked
package dev.tenfold.toolkit.httpclient;

import org.jspecify.annotations.NullMarked;
