package dev.tenfold.toolkit.workers;

/** What a {@link WorkerPool} runs: once, on one of its workers. */
@FunctionalInterface
public interface Job {

  /**
   * Does the work.
   *
   * @throws Exception if it failed; what is thrown, errors included, ends this job and nothing else
   */
  void run() throws Exception;
}
