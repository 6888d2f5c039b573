/**
 * Pools: {@link dev.tenfold.toolkit.pool.ObjectPool} of objects that are dear to make, and {@link
 * dev.tenfold.toolkit.pool.BufferPool} of byte buffers by size.
 */
@NullMarked
package dev.tenfold.toolkit.pool;

import org.jspecify.annotations.NullMarked;
