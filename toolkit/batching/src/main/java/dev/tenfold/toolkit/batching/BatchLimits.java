package dev.tenfold.toolkit.batching;

/** How large and how old a batch gets, and how much is held in memory at all. */
record BatchLimits(
    int batchItems, long batchBytes, long maxAgeNanos, int pendingItems, long pendingBytes) {}
