package dev.tenfold.toolkit.workers;

import java.util.concurrent.RejectedExecutionException;

/** A {@link WorkerPool} did not accept a job. The job was not run, and will not be. */
public final class JobRefusedException extends RejectedExecutionException {

  /** Why a job was refused. */
  public enum Reason {
    /** Every worker has a job, and the queue is full. Later there may be room. */
    FULL("job queue full"),
    /** The pool is stopped, or has begun to. It never accepts a job again. */
    STOPPED("worker pool is stopped");

    private final String message;

    Reason(String message) {
      this.message = message;
    }
  }

  private final Reason reason;

  JobRefusedException(Reason reason) {
    super(reason.message);
    this.reason = reason;
  }

  /** Why it was refused. */
  public Reason reason() {
    return reason;
  }
}
