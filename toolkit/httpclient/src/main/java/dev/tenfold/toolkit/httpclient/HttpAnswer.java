package dev.tenfold.toolkit.httpclient;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** A whole answer: what it says arrived complete and well-formed, or there would be none. */
public final class HttpAnswer {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  HttpAnswer(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** 200 to 999. Any status is an answer; what it means is up to the caller. */
  public int status() {
    return status;
  }

  /** The body with its transfer coding taken off; not copied, the caller owns it. */
  public byte[] body() {
    return body;
  }

  /** The first value of a header, in whatever case its name was sent; null where it was not. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public String toString() {
    return "HTTP " + status + ", " + body.length + " bytes";
  }
}
