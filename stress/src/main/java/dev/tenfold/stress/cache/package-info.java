/** A race of the LRU cache that {@code toolkit/cache} is compared with. */
@NullMarked
package dev.tenfold.stress.cache;

import org.jspecify.annotations.NullMarked;
