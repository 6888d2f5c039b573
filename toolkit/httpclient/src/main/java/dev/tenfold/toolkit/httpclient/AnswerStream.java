package dev.tenfold.toolkit.httpclient;

import io.vertx.core.Future;

/**
 * The rest of an answer that is larger than its call wanted to have in one piece. Nothing is read
 * from the peer but what was asked for here, so a slow reader holds no more than one read of the
 * socket, 64 KiB, and as much again; only what a peer sent before it closed the connection may be
 * as large as the system's receive buffer, and is counted in the {@link AnswerRoom}. Over HTTP/2,
 * where others use the connection meanwhile, it holds up to 256 KiB, which are not counted.
 *
 * <p>It is read until it has ended, or cancelled; else its connection is never free again. It is
 * for one reader at a time.
 */
public sealed interface AnswerStream permits BodyStream {
  /**
   * Asks for the next piece; not again before that has come. Completes on the context that started
   * the call (on an event loop where that was {@link ClientPool#exchange}): with bytes that belong
   * to the caller; with an empty array at the end of a whole answer, after which nothing may be
   * asked; or it fails with a {@link ClientException}, and so does each later call.
   *
   * <p>While the peer is waited for, the time of the call runs anew: {@link
   * ClientException.Kind#TIMEOUT}. While nobody asks no time runs.
   */
  Future<byte[]> next();

  /**
   * {@link #next} for a thread that may wait: returns the piece, or an empty array at the end.
   *
   * @throws ClientException where the rest cannot be had; each later call throws it too
   * @throws InterruptedException where this thread is interrupted; the stream is cancelled then
   * @throws IllegalStateException on an event loop, which it would block
   */
  byte[] read() throws ClientException, InterruptedException;

  /**
   * Closes the connection, or the stream of HTTP/2, where the answer has not come whole; does
   * nothing once it has ended.
   */
  void cancel();
}
