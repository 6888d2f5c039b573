/**
 * A batch writer: takes items one by one and writes them in groups, within bounds on memory, with
 * retries, and with an end for each item.
 *
 * <p>One lock guards everything in here ({@code Backlog}, {@code Delivery}, {@code Deliveries},
 * {@code Flushes}); {@code BatchWriter} makes it. It is held for a few field accesses and for what
 * a {@code BatchTimer} takes to note a task; never while a sink, a listener, an executor, a weigher
 * or a future's dependents run.
 */
@NullMarked
package dev.tenfold.toolkit.batching;

import org.jspecify.annotations.NullMarked;
