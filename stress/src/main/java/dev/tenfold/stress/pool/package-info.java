/** Races of {@code toolkit/pool}. */
@NullMarked
package dev.tenfold.stress.pool;

import org.jspecify.annotations.NullMarked;
