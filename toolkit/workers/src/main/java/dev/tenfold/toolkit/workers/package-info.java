/**
 * A worker pool: a fixed number of workers behind a bounded queue, which refuses what it has no
 * room for, and loses nothing that it accepted.
 */
@NullMarked
package dev.tenfold.toolkit.workers;

import org.jspecify.annotations.NullMarked;
