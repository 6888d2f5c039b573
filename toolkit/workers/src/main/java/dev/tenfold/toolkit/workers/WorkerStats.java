package dev.tenfold.toolkit.workers;

/**
 * What a {@link WorkerPool} did since it was started, and what it holds. The figures are read one
 * after the other while jobs come and go, so they may differ by what happened in between; {@code
 * completed}, {@code failed} and {@code handedBack} together are never more than {@code submitted}.
 * Once all is done, they are equal to it.
 *
 * @param submitted jobs that were accepted
 * @param refused jobs that were not, because the queue was full or the pool stopped
 * @param completed jobs that ended well
 * @param failed jobs that threw something
 * @param handedBack accepted jobs that a stop gave back, not run
 * @param queued accepted jobs that wait because every worker has one
 * @param active jobs that a worker has, from when one is free for it until the listener was told
 */
public record WorkerStats(
    long submitted,
    long refused,
    long completed,
    long failed,
    long handedBack,
    int queued,
    int active) {}
