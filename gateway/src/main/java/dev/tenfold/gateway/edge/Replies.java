package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Writes replies to the socket: status, headers, and the body in one piece. The futures complete
 * when nothing of a reply waits for the socket any more.
 */
final class Replies {
  static final AsciiString CACHE_STATUS = AsciiString.cached("Cache-Status");
  private static final AsciiString JSON = AsciiString.cached("application/json");
  private static final int NO_CONTENT = 204;

  private final Cors cors;

  Replies(Cors cors) {
    this.cors = cors;
  }

  Future<Void> single(HttpServerRequest http, Call call) {
    HttpServerResponse response = response(http, call.reply().cacheStatus().header());
    if (call.isNotification()) {
      return response.setStatusCode(NO_CONTENT).end();
    }
    if (call.reply() instanceof RpcReply.RpcError error) {
      fail(response, error);
    }
    return end(response, ReplyBytes.single(call));
  }

  Future<Void> batch(HttpServerRequest http, Call[] calls) {
    HttpServerResponse response = response(http, BatchCacheStatus.header(calls));
    byte[] body = ReplyBytes.batch(calls);
    return body.length == 0 ? response.setStatusCode(NO_CONTENT).end() : end(response, body);
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

  private static Future<Void> end(HttpServerResponse response, byte[] body) {
    response.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
    return response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
  }
}
