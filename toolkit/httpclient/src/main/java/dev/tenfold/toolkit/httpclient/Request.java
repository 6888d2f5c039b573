package dev.tenfold.toolkit.httpclient;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Map;

/** A call in the words of Netty: made, and checked, before it waits for anything. */
final class Request {
  private final HttpMethod method;
  private final String path;
  private final HttpHeaders headers;
  private final byte[] body;

  private Request(HttpMethod method, String path, HttpHeaders headers, byte[] body) {
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
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    Target target = call.target();
    headers.set(HttpHeaderNames.HOST, target.origin().authority());
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      add(headers, header.getKey(), header.getValue());
    }
    String authorization = target.authorization();
    if (authorization != null && !headers.contains(HttpHeaderNames.AUTHORIZATION)) {
      headers.set(HttpHeaderNames.AUTHORIZATION, authorization);
    }
    if (!headers.contains(HttpHeaderNames.ACCEPT_ENCODING)) {
      headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP);
    }
    boolean bodyExpected = !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    if (bodyExpected || call.body().length > 0) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(call.body().length));
    }
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return new Request(method, target.path(), headers, call.body());
  }

  private static void add(HttpHeaders headers, String name, String value) {
    try {
      headers.set(name, value);
    } catch (IllegalArgumentException e) {
      // Its message repeats the value, so it is not passed on as the cause.
      throw new IllegalArgumentException("a header has a character that it must not have");
    }
  }

  boolean isHead() {
    return method.equals(HttpMethod.HEAD);
  }

  byte[] body() {
    return body;
  }

  /**
   * The headers of HTTP/2 (RFC 9113, section 8.3.1), where the host is one of the fields that begin
   * with a colon. Those that govern the connection are not among ours.
   */
  Http2Headers http2Headers() {
    Http2Headers all =
        new DefaultHttp2Headers()
            .method(method.asciiName())
            .scheme(HttpScheme.HTTPS.name())
            .authority(headers.get(HttpHeaderNames.HOST))
            .path(path);
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!name.contentEquals(HttpHeaderNames.HOST)) {
        all.add(name, header.getValue());
      }
    }
    return all;
  }

  /** A message for one sending by HTTP/1.1. */
  FullHttpRequest message() {
    HttpHeaders none = DefaultHttpHeadersFactory.trailersFactory().newEmptyHeaders();
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(body), headers, none);
  }
}
