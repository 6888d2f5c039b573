package dev.tenfold.cli;

/** Tells a command that runs until it is stopped when that is. */
interface Termination {
  /**
   * From now on a request to end lets the command clean up.
   *
   * <p>To be called before anything that needs cleaning up is started.
   */
  void listen();

  /** Waits until somebody wants the process to end. */
  void await() throws InterruptedException;
}
