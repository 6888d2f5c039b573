package dev.tenfold.toolkit.httpclient;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An answer. Where it has no {@link #rest} it is whole: what it says arrived complete and
 * well-formed, or there would be none.
 */
public final class HttpAnswer {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;
  private final @Nullable AnswerStream rest;

  HttpAnswer(int status, HttpHeaders headers, byte[] body, @Nullable AnswerStream rest) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.rest = rest;
  }

  /** 200 to 999. Any status is an answer; what it means is up to the caller. */
  public int status() {
    return status;
  }

  /**
   * The body, or its beginning where there is a {@link #rest}, with its transfer and content coding
   * taken off; not copied, the caller owns it.
   */
  public byte[] body() {
    return body;
  }

  /**
   * What comes after {@link #body}; null if that is all. It has to be read or cancelled.
   *
   * @see HttpCall#wholeBytes
   */
  public @Nullable AnswerStream rest() {
    return rest;
  }

  /** The first value of a header, in whatever case its name was sent; null where it was not. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public String toString() {
    return "HTTP " + status + ", " + body.length + " bytes" + (rest == null ? "" : " and more");
  }
}
