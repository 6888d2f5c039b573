package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Writes replies to the socket: status, headers, and the body in one piece; with gzip for callers
 * that ask. What would hold up the loop is compressed on a worker thread.
 */
final class Replies {
  /** Compressing this much takes a third of a millisecond. */
  static final int LARGEST_ON_THE_LOOP = 64 * 1024;

  static final AsciiString CACHE_STATUS = AsciiString.cached("Cache-Status");
  private static final AsciiString JSON = AsciiString.cached("application/json");
  private static final int NO_CONTENT = 204;

  private final Cors cors;
  private final Vertx vertx;
  private final Gzip gzip = new Gzip();

  Replies(Cors cors, Vertx vertx) {
    this.cors = cors;
    this.vertx = vertx;
  }

  void single(HttpServerRequest http, Call call) {
    HttpServerResponse response = response(http, call.reply().cacheStatus().header());
    if (call.isNotification()) {
      response.setStatusCode(NO_CONTENT).end();
      return;
    }
    if (call.reply() instanceof RpcReply.RpcError error) {
      fail(response, error);
    }
    end(http, ReplyBytes.single(call));
  }

  void batch(HttpServerRequest http, Call[] calls) {
    HttpServerResponse response = response(http, BatchCacheStatus.header(calls));
    byte[] body = ReplyBytes.batch(calls);
    if (body.length == 0) {
      response.setStatusCode(NO_CONTENT).end();
    } else {
      end(http, body);
    }
  }

  /** For what could not be read as calls. */
  void refusal(HttpServerRequest http, Failure failure) {
    RpcReply.RpcError error = failure.reply();
    HttpServerResponse response = response(http, error.cacheStatus().header());
    fail(response, error);
    end(http, ReplyBytes.refusal(error));
  }

  private HttpServerResponse response(HttpServerRequest http, String cacheStatus) {
    HttpServerResponse response = http.response();
    MultiMap headers = response.headers();
    headers.set(CACHE_STATUS, cacheStatus);
    cors.allow(http, headers);
    return response;
  }

  private static void fail(HttpServerResponse response, RpcReply.RpcError error) {
    response.setStatusCode(error.failure().row().httpStatus());
    if (error.retryAfterSeconds() > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(error.retryAfterSeconds()));
    }
  }

  private void end(HttpServerRequest http, byte[] body) {
    HttpServerResponse response = http.response();
    response.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
    if (body.length < Gzip.SHORTEST || !asksForGzip(http)) {
      end(response, Unpooled.wrappedBuffer(body));
    } else if (body.length <= LARGEST_ON_THE_LOOP) {
      endCompressed(response, gzip.compress(body), body.length);
    } else {
      vertx
          .executeBlocking(() -> compress(body), false)
          .otherwise(Unpooled.wrappedBuffer(body))
          .onSuccess(packed -> endCompressed(response, packed, body.length));
    }
  }

  private static boolean asksForGzip(HttpServerRequest http) {
    String asked = http.getHeader(HttpHeaders.ACCEPT_ENCODING);
    return asked != null && AcceptEncoding.takesGzip(asked);
  }

  private static ByteBuf compress(byte[] body) {
    try (Gzip own = new Gzip()) {
      return own.compress(body);
    }
  }

  private static void endCompressed(HttpServerResponse response, ByteBuf body, int before) {
    if (response.closed()) {
      return;
    }
    if (body.readableBytes() < before) {
      response.headers().set(HttpHeaders.CONTENT_ENCODING, HttpHeaderValues.GZIP);
      response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
    end(response, body);
  }

  private static void end(HttpServerResponse response, ByteBuf body) {
    response.end(BufferInternal.buffer(body));
  }
}
