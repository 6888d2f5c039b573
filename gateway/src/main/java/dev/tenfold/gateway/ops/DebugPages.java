package dev.tenfold.gateway.ops;

import dev.tenfold.toolkit.profiling.Profiling;
import dev.tenfold.toolkit.profiling.ProfilingResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code /debug/}: what shows the inside of the program, and takes its time. Open to who means it
 * ({@link OpsGuard}) where the port is bound to loopback; elsewhere to who shows the admin token.
 *
 * <p>Threads: the event loop of the connection; profiles are taken elsewhere.
 */
final class DebugPages {
  private static final String PREFIX = "/debug/";

  private final Vertx vertx;
  private final OpsGuard guard;
  private volatile @Nullable Profiling profiling;

  DebugPages(Vertx vertx, OpsGuard guard) {
    this.vertx = vertx;
    this.guard = guard;
  }

  static boolean has(String path) {
    return path.startsWith(PREFIX);
  }

  void open(Profiling opened) {
    profiling = opened;
  }

  void handle(HttpServerRequest http) {
    Profiling opened = profiling;
    String foreign = guard.foreign(http);
    if (foreign != null) {
      refuse(http, 403, foreign);
    } else if (!guard.isLocal() && !guard.isAdmin(http)) {
      askForToken(http);
    } else if (!http.method().equals(HttpMethod.GET)) {
      http.response().putHeader(HttpHeaders.ALLOW, "GET");
      refuse(http, 405, "GET only");
    } else if (opened == null) {
      refuse(http, 503, "starting; soon");
    } else {
      answer(http, opened.respond(String.valueOf(http.path()), http.query()));
    }
  }

  private void askForToken(HttpServerRequest http) {
    if (guard.hasToken()) {
      http.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"tenfold\"");
      refuse(http, 401, "this port is not on loopback: show the admin token, as a password");
    } else {
      refuse(http, 403, "this port is not on loopback, and there is no ops.admin-token");
    }
  }

  private void answer(HttpServerRequest http, CompletableFuture<ProfilingResponse> answer) {
    Context loop = vertx.getOrCreateContext();
    http.response().closeHandler(closed -> answer.cancel(true));
    var _ =
        answer.thenAccept(response -> loop.runOnContext(now -> send(http.response(), response)));
  }

  private static void send(HttpServerResponse http, ProfilingResponse response) {
    if (http.closed()) {
      return;
    }
    http.setStatusCode(response.status());
    response.headers().forEach(http::putHeader);
    http.end(Buffer.buffer(response.body()));
  }

  private static void refuse(HttpServerRequest http, int status, String message) {
    http.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader("X-Go-Pprof", "1") // makes go tool pprof show the message
        .end(message + "\n");
  }
}
