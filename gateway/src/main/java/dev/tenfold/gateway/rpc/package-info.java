/** The words that all rooms share: request, reply, handler, failure. */
@NullMarked
package dev.tenfold.gateway.rpc;

import org.jspecify.annotations.NullMarked;
