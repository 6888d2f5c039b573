package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.telemetry.AccessEntry;
import dev.tenfold.gateway.telemetry.AccessLog;
import dev.tenfold.gateway.telemetry.CallMeter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server that callers talk to: {@code POST /} and {@code POST /{chain}} over HTTP/1.0, 1.1
 * and 2, {@code /health/live} and {@code /health/ready}. In clear text a client says by its first
 * bytes whether it speaks HTTP/2 ("prior knowledge"); over TLS by ALPN as well.
 *
 * <p>Threads: one {@link EdgeLoop} an event loop; a connection stays on its loop. Limits: {@link
 * EdgeLimits}. Sources: RFC 9110, RFC 9112, RFC 9113, JSON-RPC 2.0.
 */
public final class Edge {
  private static final int ANY_FREE_PORT = -1;

  private final Vertx vertx;
  private final Address address;
  private final EdgeLimits limits;
  private final List<ChainEntry> chains;
  private final CallMeter meter;
  private final AccessLog accessLog;
  private final InFlight inFlight;
  private final Entrance entrance;
  private final String viaToken;
  private final LongSupplier nanoClock;
  private final Cors cors;
  private final Health health;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<EdgeLoop> loops = new CopyOnWriteArrayList<>();
  private volatile int actualPort;

  /**
   * Where to listen, and for whom.
   *
   * @param host the interface
   * @param port the port; 0 for any that is free
   * @param corsOrigins the origins whose pages may read replies, or {@code *}
   * @param tls empty for clear text
   */
  public record Address(String host, int port, Set<String> corsOrigins, Optional<Tls> tls) {}

  /**
   * @param chains at least one; the first is also {@code POST /}
   * @param entrance who is let in
   * @param inFlight bounds what is held for all requests together
   * @param viaToken how a request that came through this gateway before is known
   * @param nanoClock the clock of all deadlines, as {@link System#nanoTime}
   */
  public Edge(
      Vertx vertx,
      Address address,
      EdgeLimits limits,
      List<ChainEntry> chains,
      CallMeter meter,
      AccessLog accessLog,
      Entrance entrance,
      InFlight inFlight,
      String viaToken,
      LongSupplier nanoClock) {
    this.vertx = vertx;
    this.address = address;
    this.limits = limits;
    this.chains = List.copyOf(chains);
    this.meter = meter;
    this.accessLog = accessLog;
    this.entrance = entrance;
    this.inFlight = inFlight;
    this.viaToken = viaToken;
    this.nanoClock = nanoClock;
    cors = new Cors(address.corsOrigins());
    health = new Health(this.chains);
  }

  /** Listens on the given number of event loops. Fails with the cause where the port is taken. */
  public Future<Edge> start(int eventLoops) {
    DeploymentOptions options = new DeploymentOptions().setInstances(eventLoops);
    return vertx.deployVerticle(this::newLoop, options).map(this);
  }

  private EdgeLoop newLoop() {
    EdgeLoop loop = new EdgeLoop(this);
    loops.add(loop);
    return loop;
  }

  /** The port that is listened on, once started. */
  public int port() {
    return actualPort;
  }

  /** From now on {@code /health/ready} says no; everything else is served as before. */
  public void announceStop() {
    health.stopping();
  }

  /** No new connections; completes when the calls in flight are answered, or after the timeout. */
  public Future<Void> shutdown(long timeoutMillis) {
    List<Future<?>> ends = loops.stream().<Future<?>>map(l -> l.shutdown(timeoutMillis)).toList();
    return Future.join(ends).mapEmpty();
  }

  HttpServerOptions serverOptions() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address.host())
            .setPort(address.port() == 0 ? ANY_FREE_PORT : address.port())
            .setMaxHeaderSize(limits.headerBytes())
            .setMaxInitialLineLength(limits.headerBytes())
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setTcpNoDelay(true)
            .setReuseAddress(true)
            .setAcceptBacklog(1024);
    address.tls().ifPresent(tls -> tls.apply(options, limits.arrivalNanos()));
    return options;
  }

  Connections connections(HttpServerOptions options, Http2Server http2, FastPath fastPath) {
    return new Connections(connections, options, limits, nanoClock, http2, fastPath);
  }

  Map<String, ChainEntry> chainsByPath() {
    Map<String, ChainEntry> paths = new HashMap<>();
    paths.put("/", chains.getFirst());
    chains.forEach(chain -> paths.put("/" + chain.name(), chain));
    return paths;
  }

  void listening(int onPort) {
    actualPort = onPort;
  }

  void log(ChainEntry chain, Call[] calls, int status) {
    if (accessLog.isOn()) {
      for (Call call : calls) {
        accessLog.write(call.entry(chain.name(), status));
      }
    }
  }

  /** One line for a request that could not be read as calls. */
  void logRefusal(@Nullable String path, Failure failure) {
    if (accessLog.isOn()) {
      accessLog.write(
          new AccessEntry(
              pathToLog(path),
              "",
              failure.row().httpStatus(),
              0,
              CacheStatus.REFUSED.verdict(),
              failure.name()));
    }
  }

  /** The chain's path; empty for any other, since what callers put there may be a key. */
  private String pathToLog(@Nullable String path) {
    for (ChainEntry chain : chains) {
      String chainPath = "/" + chain.name();
      if (path != null && (path.equals(chainPath) || path.startsWith(chainPath + "/"))) {
        return chainPath;
      }
    }
    return "/".equals(path) ? "/" + chains.getFirst().name() : "";
  }

  Vertx vertx() {
    return vertx;
  }

  EdgeLimits limits() {
    return limits;
  }

  Cors cors() {
    return cors;
  }

  Health health() {
    return health;
  }

  Entrance entrance() {
    return entrance;
  }

  InFlight inFlight() {
    return inFlight;
  }

  CallMeter meter() {
    return meter;
  }

  String viaToken() {
    return viaToken;
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }
}
