/** The port for operators, and its routes. */
@NullMarked
package dev.tenfold.gateway.ops;

import org.jspecify.annotations.NullMarked;
