package dev.tenfold.toolkit.workers;

/** Is told of jobs that failed. */
@FunctionalInterface
public interface JobFailureListener {

  /**
   * A job threw something. Called on its worker, which takes the next job when this returns. What
   * is thrown here is logged.
   *
   * @param worker the number of the worker, from 1
   * @param job as it was submitted; for {@link WorkerPool#execute} a job that runs the command
   * @param cause what it threw
   */
  void failed(int worker, Job job, Throwable cause);
}
