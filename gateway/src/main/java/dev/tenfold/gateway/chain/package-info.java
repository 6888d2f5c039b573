/** What the gateway believes of a chain: its head, and what of it is final. */
@NullMarked
package dev.tenfold.gateway.chain;

import org.jspecify.annotations.NullMarked;
