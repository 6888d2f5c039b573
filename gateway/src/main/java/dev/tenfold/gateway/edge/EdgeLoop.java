package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.telemetry.CallMeter;
import dev.tenfold.toolkit.jsonrpc.RequestScanner;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Body;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one event loop needs to serve callers. The loops share the port, and no state. */
final class EdgeLoop extends VerticleBase {
  private static final long SWEEP_MILLIS = 500;
  private static final long LINGER_MILLIS = 1_000;

  private final Edge edge;
  private final RequestScanner scanner;
  private final CallReader reader;
  private final Replies replies;
  private final Routes routes;
  private @Nullable HttpServer server;

  EdgeLoop(Edge edge) {
    this.edge = edge;
    scanner = new RequestScanner(edge.limits().depth(), edge.limits().batchCalls());
    reader = new CallReader(scanner);
    replies = new Replies(edge.cors(), edge.vertx());
    routes = new Routes(this, edge);
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options = edge.serverOptions();
    Http2Server http2 =
        new Http2Server(
            (ContextInternal) context, options, edge.limits(), edge.nanoClock(), routes::handle);
    FastPath fastPath =
        new FastPath(
            this,
            new PlainRequest(edge.chainsByPath(), edge.limits().headerBytes()),
            edge.entrance(),
            edge.cors());
    Connections connections = edge.connections(options, http2, fastPath);
    vertx.setPeriodic(SWEEP_MILLIS, tick -> connections.sweep());
    HttpServer listener =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::admit)
            .invalidRequestHandler(routes::invalid)
            .requestHandler(routes::handle);
    server = listener;
    return listener.listen().onSuccess(listening -> edge.listening(listening.actualPort()));
  }

  /** No new connections; those that are idle close, those with a call close after its reply. */
  Future<?> shutdown(long timeoutMillis) {
    HttpServer listener = server;
    return listener == null
        ? Future.succeededFuture()
        : listener.shutdown(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  EdgeLimits limits() {
    return edge.limits();
  }

  RequestScanner scanner() {
    return scanner;
  }

  CallReader reader() {
    return reader;
  }

  Replies replies() {
    return replies;
  }

  Entrance entrance() {
    return edge.entrance();
  }

  InFlight inFlight() {
    return edge.inFlight();
  }

  /** Runs the action when the time of a call is over; gives what calls that off. */
  Runnable afterCallTime(Runnable action) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(edge.limits().callNanos()));
    long timer = vertx.setTimer(millis, late -> action.run());
    return () -> vertx.cancelTimer(timer);
  }

  CallMeter meter() {
    return edge.meter();
  }

  Context context() {
    return context;
  }

  long nowNanos() {
    return edge.nanoClock().getAsLong();
  }

  long deadlineNanos() {
    return nowNanos() + edge.limits().callNanos();
  }

  void log(ChainEntry chain, Call[] calls, int status) {
    edge.log(chain, calls, status);
  }

  boolean isOpen(HttpServerRequest http) {
    return channel(http).isActive();
  }

  void flush(HttpServerRequest http) {
    channel(http).flush();
  }

  private static Channel channel(HttpServerRequest http) {
    return ((ConnectionBase) http.connection()).channel();
  }

  /**
   * Says why, and closes if a body is still to come. What of it the client sends is read and
   * dropped for a moment, since a socket closed with unread bytes would take the reply down with
   * it.
   */
  void refuse(HttpServerRequest http, Failure failure) {
    refuse(http, failure, failure.row().message());
  }

  /** The same in words of its own. */
  void refuse(HttpServerRequest http, Failure failure, String message) {
    // after a request that cannot be read for sure, nothing on the connection can
    boolean unsure = failure == Failure.BAD_HTTP || failure == Failure.HEADERS_TOO_LARGE;
    if (unsure || (!http.isEnded() && hasBody(http))) {
      ClientConnection.of(http.connection()).closing();
      http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      vertx.setTimer(LINGER_MILLIS, late -> http.connection().close());
    }
    RpcReply.RpcError reply = failure.reply(message);
    edge.meter().ended(edge.meter().started(), reply);
    replies.refusal(http, reply);
    edge.logRefusal(http.path(), failure);
  }

  private static boolean hasBody(HttpServerRequest http) {
    String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
    return http.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  Failure meaning(Body verdict) {
    return switch (verdict) {
      case NOT_JSON -> Failure.NOT_JSON;
      case TOO_DEEP -> Failure.TOO_DEEP;
      case NOT_A_CALL -> Failure.INVALID_REQUEST;
      case EMPTY_BATCH -> Failure.EMPTY_BATCH;
      case BATCH_TOO_LARGE -> Failure.BATCH_TOO_LARGE;
      case SINGLE, BATCH -> throw new IllegalArgumentException("calls");
    };
  }
}
