package dev.tenfold.toolkit.batching;

/** An item with its weight, and when it was added. */
record Entry<T>(T item, long bytes, long addedNanos) {}
