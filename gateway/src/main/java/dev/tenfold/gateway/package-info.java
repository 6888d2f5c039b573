/** The gateway as a whole: its rooms put together. */
@NullMarked
package dev.tenfold.gateway;

import org.jspecify.annotations.NullMarked;
