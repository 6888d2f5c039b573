package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Account;
import dev.tenfold.gateway.rpc.Account.RateLimit;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes replies to the socket: status, headers, and the body in one piece; with gzip for callers
 * that ask. What would hold up the loop is compressed on a worker thread. The futures complete when
 * nothing of a reply waits for the socket any more.
 */
final class Replies {
  /** Compressing this much takes a third of a millisecond. */
  static final int LARGEST_ON_THE_LOOP = 64 * 1024;

  static final AsciiString CACHE_STATUS = AsciiString.cached("Cache-Status");
  private static final AsciiString JSON = AsciiString.cached("application/json");
  private static final int NO_CONTENT = 204;
  private static final int UNAUTHORIZED = 401;

  /** Source: draft-ietf-httpapi-ratelimit-headers-10. */
  static final AsciiString RATE_LIMIT = AsciiString.cached("RateLimit");

  static final AsciiString RATE_LIMIT_POLICY = AsciiString.cached("RateLimit-Policy");

  private final Cors cors;
  private final Vertx vertx;
  private final Gzip gzip = new Gzip();

  Replies(Cors cors, Vertx vertx) {
    this.cors = cors;
    this.vertx = vertx;
  }

  Future<Void> single(HttpServerRequest http, Call call) {
    HttpServerResponse response = response(http, call.reply().cacheStatus().header());
    RpcReply.RpcError error = call.reply() instanceof RpcReply.RpcError failed ? failed : null;
    if (call.isNotification()) {
      return silent(response, error);
    }
    if (error != null) {
      fail(response, error);
    }
    return end(http, ReplyBytes.single(call));
  }

  Future<Void> batch(HttpServerRequest http, Call[] calls) {
    HttpServerResponse response = response(http, BatchCacheStatus.header(calls));
    byte[] body = ReplyBytes.batch(calls);
    RpcReply.RpcError overLimit = overLimit(calls);
    if (body.length == 0) {
      return silent(response, overLimit);
    }
    if (overLimit != null) {
      fail(response, overLimit);
    }
    return end(http, body);
  }

  /** Notifications have no reply; but that they came to nothing may be said by the status. */
  private static Future<Void> silent(
      HttpServerResponse response, RpcReply.@Nullable RpcError error) {
    if (error != null && error.failure() == Failure.LIMIT_EXCEEDED) {
      fail(response, error);
    } else {
      response.setStatusCode(NO_CONTENT);
    }
    return response.end();
  }

  /** The refusal that is over soonest, if all calls were over a limit; else null. */
  private static RpcReply.@Nullable RpcError overLimit(Call[] calls) {
    RpcReply.RpcError soonest = null;
    for (Call call : calls) {
      if (!(call.reply() instanceof RpcReply.RpcError error)
          || error.failure() != Failure.LIMIT_EXCEEDED) {
        return null;
      }
      if (soonest == null || error.retryAfterSeconds() < soonest.retryAfterSeconds()) {
        soonest = error;
      }
    }
    return soonest;
  }

  /** Says what the account has left, if it has a rate. */
  static void limits(HttpServerResponse response, @Nullable Account account) {
    RateLimit limit = account == null ? null : account.rateLimit();
    if (limit != null) {
      response.headers().set(RATE_LIMIT_POLICY, limit.policy());
      response.headers().set(RATE_LIMIT, limit.value());
    }
  }

  /**
   * The head of a reply that is written in parts; over HTTP/1.0 it ends with the connection, as
   * there are no chunks.
   */
  HttpServerResponse large(HttpServerRequest http, String cacheStatus) {
    HttpServerResponse response = response(http, cacheStatus);
    response.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
    if (http.version() == HttpVersion.HTTP_1_0) {
      response.headersEndHandler(
          end -> response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
      response.endHandler(end -> http.connection().close());
    } else {
      response.setChunked(true);
    }
    return response;
  }

  /** For what could not be read as calls. */
  void refusal(HttpServerRequest http, RpcReply.RpcError error) {
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
    if (response.getStatusCode() == UNAUTHORIZED) {
      response.putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"tenfold\"");
    }
    if (error.retryAfterSeconds() > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(error.retryAfterSeconds()));
    }
  }

  private Future<Void> end(HttpServerRequest http, byte[] body) {
    HttpServerResponse response = http.response();
    response.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
    if (body.length < Gzip.SHORTEST || !asksForGzip(http)) {
      return end(response, Unpooled.wrappedBuffer(body));
    }
    if (body.length <= LARGEST_ON_THE_LOOP) {
      return endCompressed(response, gzip.compress(body), body.length);
    }
    return vertx
        .executeBlocking(() -> compress(body), false)
        .otherwise(Unpooled.wrappedBuffer(body))
        .compose(packed -> endCompressed(response, Objects.requireNonNull(packed), body.length));
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

  private static Future<Void> endCompressed(HttpServerResponse response, ByteBuf body, int before) {
    if (response.closed()) {
      return Future.succeededFuture();
    }
    if (body.readableBytes() < before) {
      response.headers().set(HttpHeaders.CONTENT_ENCODING, HttpHeaderValues.GZIP);
      response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
    return end(response, body);
  }

  private static Future<Void> end(HttpServerResponse response, ByteBuf body) {
    return response.end(BufferInternal.buffer(body));
  }
}
