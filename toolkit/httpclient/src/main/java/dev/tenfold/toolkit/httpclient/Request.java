package dev.tenfold.toolkit.httpclient;

import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call in the words of Vert.x: made, and checked, before it waits for anything. */
final class Request {
  private final HttpMethod method;
  private final String path;
  private final MultiMap headers;
  private final byte[] body;

  private Request(HttpMethod method, String path, MultiMap headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
  }

  /**
   * Translates a call.
   *
   * @throws IllegalArgumentException where the method or a header has a character that it must not;
   *     the message does not repeat it
   */
  static Request of(HttpCall call, boolean keepAlive) {
    HttpMethod method = HttpMethod.valueOf(call.method());
    MultiMap headers = HttpHeaders.headers();
    Target target = call.target();
    headers.set(HttpHeaders.HOST, target.origin().authority());
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      add(headers, header.getKey(), header.getValue());
    }
    String authorization = target.authorization();
    if (authorization != null && !headers.contains(HttpHeaders.AUTHORIZATION)) {
      headers.set(HttpHeaders.AUTHORIZATION, authorization);
    }
    boolean bodyExpected = !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    if (bodyExpected || call.body().length > 0) {
      headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(call.body().length));
    }
    if (!keepAlive) {
      headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    return new Request(method, target.path(), headers, call.body());
  }

  private static void add(MultiMap headers, String name, String value) {
    try {
      headers.set(name, value);
    } catch (IllegalArgumentException e) {
      // Its message repeats the value, so it is not passed on as the cause.
      throw new IllegalArgumentException("a header has a character that it must not have");
    }
  }

  RequestOptions options() {
    return new RequestOptions().setMethod(method).setURI(path).setHeaders(headers);
  }

  @Nullable Buffer body() {
    return body.length == 0 ? null : BufferInternal.buffer(Unpooled.wrappedBuffer(body));
  }
}
