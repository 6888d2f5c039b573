/** JSON-RPC 2.0 on bytes. */
@NullMarked
package dev.tenfold.toolkit.jsonrpc;

import org.jspecify.annotations.NullMarked;
