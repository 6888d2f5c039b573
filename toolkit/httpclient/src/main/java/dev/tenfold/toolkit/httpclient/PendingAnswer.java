package dev.tenfold.toolkit.httpclient;

import io.vertx.core.Future;

/** A call under way. Thread-safe. */
public sealed interface PendingAnswer permits Exchange {
  /**
   * Completes once, on the context that started the call, with an answer or a {@link
   * ClientException}; the answer may be the beginning of one that streams. A timeout is told up to
   * 16 ms late where the event loop is not held up.
   */
  Future<HttpAnswer> future();

  /**
   * Gives up: a call that waits leaves the queue, a call in flight closes its connection, or its
   * stream of HTTP/2. The future fails with {@link ClientException.Kind#CANCELLED}, or else the
   * stream of the answer does. Does nothing where the call has ended.
   */
  void cancel();
}
