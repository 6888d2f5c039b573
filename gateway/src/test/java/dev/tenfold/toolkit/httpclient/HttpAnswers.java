package dev.tenfold.toolkit.httpclient;

import io.netty.handler.codec.http.EmptyHttpHeaders;

/** Answers that came over no socket. */
public final class HttpAnswers {
  private HttpAnswers() {}

  /** HTTP 200 with this body. */
  public static HttpAnswer ok(byte[] body) {
    return new HttpAnswer(200, EmptyHttpHeaders.INSTANCE, body, null);
  }
}
