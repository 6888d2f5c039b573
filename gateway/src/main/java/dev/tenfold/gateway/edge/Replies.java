package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/** Writes replies to the socket: status, headers, and the body in one piece. */
final class Replies {
  static final AsciiString CACHE_STATUS = AsciiString.cached("Cache-Status");
  private static final AsciiString JSON = AsciiString.cached("application/json");
  private static final int NO_CONTENT = 204;

  private final Cors cors;

  Replies(Cors cors) {
    this.cors = cors;
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
    end(response, ReplyBytes.single(call));
  }

  void batch(HttpServerRequest http, Call[] calls) {
    HttpServerResponse response = response(http, BatchCacheStatus.header(calls));
    byte[] body = ReplyBytes.batch(calls);
    if (body.length == 0) {
      response.setStatusCode(NO_CONTENT).end();
    } else {
      end(response, body);
    }
  }

  /** For what could not be read as calls. */
  void refusal(HttpServerRequest http, Failure failure) {
    RpcReply.RpcError error = failure.reply();
    HttpServerResponse response = response(http, error.cacheStatus().header());
    fail(response, error);
    end(response, ReplyBytes.refusal(error));
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

  private static void end(HttpServerResponse response, byte[] body) {
    response.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
    response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
  }
}
