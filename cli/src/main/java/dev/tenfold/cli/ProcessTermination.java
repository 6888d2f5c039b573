package dev.tenfold.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Ends on SIGTERM and SIGINT. The JVM then runs this shutdown hook, which holds it until the
 * command has cleaned up, and ends it with the command's own status instead of 143 or 130.
 */
final class ProcessTermination implements Termination {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int status;

  @Override
  public void listen() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "termination"));
  }

  @Override
  public void await() throws InterruptedException {
    asked.await();
  }

  /** Says that the command is through, with this exit status. */
  void finish(int exitStatus) {
    status = exitStatus;
    finished.countDown();
  }

  private void onShutdown() {
    asked.countDown();
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status);
  }
}
