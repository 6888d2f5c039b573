package dev.tenfold.demo.steps;

import dev.tenfold.toolkit.workers.Job;
import dev.tenfold.toolkit.workers.WorkerPool;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs what the user need not wait for. */
interface Background extends AutoCloseable {
  System.Logger LOG = System.getLogger(Background.class.getName());

  /** Sees to it that a job is run. */
  void run(Job job);

  /** Waits for the jobs that there are. */
  @Override
  void close();

  /** As on a first day: a new thread for each job. */
  static Background threads() {
    ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
    return new Background() {
      @Override
      public void run(Job job) {
        threads.execute(() -> runNow(job));
      }

      @Override
      public void close() {
        threads.close();
      }
    };
  }

  /** A few workers; what finds their queue full is run by the request that it belongs to. */
  static Background workers(WorkerPool pool) {
    return new Background() {
      @Override
      public void run(Job job) {
        if (!pool.trySubmit(job)) {
          runNow(job);
        }
      }

      @Override
      public void close() {
        pool.close();
      }
    };
  }

  private static void runNow(Job job) {
    try {
      job.run();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "a job failed", e);
    }
  }
}
