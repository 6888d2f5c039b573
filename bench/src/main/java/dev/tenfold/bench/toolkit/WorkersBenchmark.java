package dev.tenfold.bench.toolkit;

/** {@code bench/run workers}. */
final class WorkersBenchmark {
  private WorkersBenchmark() {}

  static JmhComparison comparison() {
    return new JmhComparison(
            "workers",
            "A job is submitted and run",
            """
            One thread submits 1,000 jobs and waits for the last; two workers run them, behind a queue of 1,000. An operation is a job, from its submission to its end. A job works for `work` tokens of
            `Blackhole.consumeCPU` (a token is about 2 ns) and counts down a latch. `tenfold` is `WorkerPool` with platform threads, `tenfoldVirtual` with virtual ones, `threadPoolExecutor` a `ThreadPoolExecutor` with an
            `ArrayBlockingQueue`, `virtualThreadAJob` a thread for each job behind a semaphore of two. The last two report no failure of a job and do not count.\
            """)
        .of(WorkersMicro.class, 1);
  }
}
