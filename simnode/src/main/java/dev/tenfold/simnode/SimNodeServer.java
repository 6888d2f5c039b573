package dev.tenfold.simnode;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;

/**
 * A {@link SimNode} behind a socket: {@code POST} to any path, HTTP/1.1 with keep-alive. Answers
 * are late by the node's latency, on timers; no thread waits.
 */
public final class SimNodeServer {
  private final Vertx vertx;
  private final SimNode node;
  private final HttpServer server;

  private SimNodeServer(Vertx vertx, SimNode node) {
    this.vertx = vertx;
    this.node = node;
    this.server = vertx.createHttpServer(new HttpServerOptions().setCompressionSupported(false));
  }

  /**
   * Starts to listen. Fails if the port is in use.
   *
   * @param port 0 takes a free one
   */
  public static Future<SimNodeServer> start(Vertx vertx, SimNode node, String host, int port) {
    SimNodeServer server = new SimNodeServer(vertx, node);
    server.server.requestHandler(server::handle);
    return server.server.listen(port, host).map(listening -> server);
  }

  /** The port that it listens at. */
  public int port() {
    return server.actualPort();
  }

  /** The node that answers. */
  public SimNode node() {
    return node;
  }

  /** Stops listening and closes all connections. */
  public Future<Void> close() {
    return server.close();
  }

  private void handle(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      request.response().setStatusCode(405).putHeader("Allow", "POST").end();
      return;
    }
    request.body().onSuccess(body -> answer(request, node.exchange(body.getBytes())));
  }

  private void answer(HttpServerRequest request, NodeAnswer answer) {
    long millis = answer.delay().toMillis();
    if (millis == 0) {
      write(request, answer);
    } else {
      vertx.setTimer(millis, timer -> write(request, answer));
    }
  }

  private static void write(HttpServerRequest request, NodeAnswer answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    byte[] body = answer.body();
    switch (answer.ending()) {
      case ANSWERED -> response.end(Buffer.buffer(body));
      case DROPPED -> request.connection().close();
      case CUT_OFF -> {
        response.putHeader("Content-Length", Integer.toString(body.length));
        response
            .write(Buffer.buffer(Arrays.copyOf(body, body.length / 2)))
            .onComplete(written -> request.connection().close());
      }
      case SILENT -> {
        // the connection stays open until the client gives up
      }
    }
  }
}
