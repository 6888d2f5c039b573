package dev.tenfold.toolkit.httpclient;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.CountDownLatch;

/** Waits for what an event loop will bring, on a thread that may wait. */
final class Blocking {
  private Blocking() {}

  /**
   * Refuses to hold up an event loop of Vert.x, be it one of the pool or not.
   *
   * @throws IllegalStateException on one
   */
  static void refuseOnEventLoop(String instead) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("this would block an event loop: use " + instead + " here");
    }
  }

  /** Waits for the end; an interrupt, be it from before, cancels. */
  static <T> T await(Future<T> future, Runnable cancel)
      throws ClientException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    future.onComplete(result -> ended.countDown());
    try {
      ended.await();
    } catch (InterruptedException e) {
      cancel.run();
      throw e;
    }
    if (future.succeeded()) {
      return future.result();
    }
    if (future.cause() instanceof ClientException failure) {
      throw failure.thrownHere();
    }
    throw new IllegalStateException(future.cause());
  }
}
