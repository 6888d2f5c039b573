package dev.tenfold.toolkit.batching;

/**
 * What a {@link BatchWriter} did since it was built, and what it holds, all at one moment: {@code
 * added} is the sum of {@code written}, {@code rejected}, {@code handedBack} and {@code
 * pendingItems}.
 *
 * @param added items that were taken
 * @param refused items that were not, because there was no room in time or the writer was closed
 * @param written items that the sink took
 * @param rejected items that were given up after a write, and told to the listener
 * @param handedBack items that a close handed back, or told to the listener, at its deadline
 * @param batches batches that were begun; one that is retried or taken apart counts once
 * @param retries failed writes after which the same items were to be written again
 * @param pendingItems items that are held: waiting, being written, waiting for a retry, or being
 *     told to the listener
 * @param pendingBytes their weight
 */
public record BatchStats(
    long added,
    long refused,
    long written,
    long rejected,
    long handedBack,
    long batches,
    long retries,
    long pendingItems,
    long pendingBytes) {}
