@NullMarked
package dev.tenfold.toolkit.jsonrpc;

import org.jspecify.annotations.NullMarked;
