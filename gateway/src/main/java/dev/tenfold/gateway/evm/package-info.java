/** Facts about the Ethereum JSON-RPC methods and their block parameters. No I/O. */
@NullMarked
package dev.tenfold.gateway.evm;

import org.jspecify.annotations.NullMarked;
