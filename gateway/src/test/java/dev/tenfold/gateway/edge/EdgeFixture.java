package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.access.CallLimits;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.telemetry.AccessEntry;
import dev.tenfold.gateway.telemetry.AccessLog;
import dev.tenfold.gateway.telemetry.CallMeter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An edge on a real port, before a stage that answers by a script. */
final class EdgeFixture implements AutoCloseable {
  static final EdgeLimits LIMITS =
      new EdgeLimits(
          64 * 1024,
          10,
          8 * 1024,
          32,
          Duration.ofSeconds(30).toNanos(),
          Duration.ofMinutes(2).toNanos(),
          100,
          Duration.ofSeconds(30).toNanos(),
          1 << 19);

  private final Vertx vertx = Vertx.vertx();
  private final Edge edge;

  /** Calls of the method {@code wait} stand here until the test answers them. */
  final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /** Whether the chain is awake. */
  final Sleep watch = new Sleep();

  final Queue<String> seen = new ConcurrentLinkedQueue<>();
  final Queue<AccessEntry> logged = new ConcurrentLinkedQueue<>();
  final InFlight inFlight = new InFlight(1 << 20);
  final AtomicLong broken = new AtomicLong();

  /** Calls that were answered before the HTTP stack saw them. */
  final AtomicLong fastHits = new AtomicLong();

  final AtomicLong addedNanos = new AtomicLong();

  /** A chain that sleeps when the test says so. */
  static final class Sleep implements ChainEntry.Watch {
    final AtomicLong touches = new AtomicLong();
    final Queue<Promise<Void>> sleepers = new ConcurrentLinkedQueue<>();
    volatile boolean asleep;

    @Override
    public void touched() {
      touches.incrementAndGet();
    }

    @Override
    public boolean awake(long nowNanos) {
      return !asleep;
    }

    @Override
    public Future<Void> wake() {
      Promise<Void> awake = Promise.promise();
      sleepers.add(awake);
      return awake.future();
    }
  }

  record Waiting(RpcRequest request, Promise<RpcReply> answer, Context loop) {
    /** Ends the call on the event loop that made it. */
    void end(RpcReply reply) {
      loop.runOnContext(turn -> answer.complete(reply));
    }

    void answer(String json) {
      answer.complete(result(json, CacheStatus.miss(MissReason.COLD)));
    }
  }

  EdgeFixture() throws Exception {
    this(LIMITS);
  }

  EdgeFixture(EdgeLimits limits) throws Exception {
    this(limits, Optional.empty());
  }

  EdgeFixture(EdgeLimits limits, Optional<Tls> tls) throws Exception {
    this(limits, tls, true);
  }

  /**
   * @param knows whether the stage says at once what it knows, as the answers do
   */
  EdgeFixture(EdgeLimits limits, Optional<Tls> tls, boolean knows) throws Exception {
    this(limits, tls, knows, Doors.open());
  }

  EdgeFixture(EdgeLimits limits, Optional<Tls> tls, boolean knows, Entrance entrance)
      throws Exception {
    ChainEntry main =
        new ChainEntry(
            "main",
            limited(new Script(knows), "main"),
            () -> new Belief(100, 50, 0),
            watch,
            () -> true);
    ChainEntry other =
        new ChainEntry(
            "other",
            request -> echo("\"other\""),
            () -> new Belief(1, 0, 0),
            ChainEntry.Watch.ALWAYS,
            () -> false);
    edge =
        new Edge(
            vertx,
            new Edge.Address("127.0.0.1", 0, Set.of("https://app.example"), tls),
            limits,
            List.of(main, other),
            new Meter(),
            new Log(),
            entrance,
            inFlight,
            "tenfold-test",
            () -> System.nanoTime() + addedNanos.get());
    edge.start(2).await(10, TimeUnit.SECONDS);
  }

  private static RpcHandler limited(RpcHandler stage, String chain) {
    return new CallLimits(stage, chain, System::nanoTime);
  }

  RawClient client() throws Exception {
    return new RawClient(edge.port());
  }

  Edge edge() {
    return edge;
  }

  private final class Script implements RpcHandler {
    private final boolean knows;

    Script(boolean knows) {
      this.knows = knows;
    }

    @Override
    public Future<RpcReply> handle(RpcRequest request) {
      seen.add(request.method().name());
      return switch (request.method().name()) {
        case "wait" -> {
          Promise<RpcReply> answer = Promise.promise();
          waiting.add(new Waiting(request, answer, vertx.getOrCreateContext()));
          yield answer.future();
        }
        case "break" -> throw new IllegalStateException("planted");
        default -> said(request);
      };
    }

    @Override
    public @Nullable RpcReply known(RpcRequest request) {
      if (!knows) {
        return null;
      }
      return switch (request.method().name()) {
        case "wait" -> null;
        case "break" -> throw new IllegalStateException("planted");
        default -> said(request).result();
      };
    }

    private Future<RpcReply> said(RpcRequest request) {
      if (request.method().name().equals("long")) {
        return echo("\"" + "l".repeat(20_000) + "\"");
      }
      return echo(request.hasParams() ? request.paramsText() : "\"none\"");
    }
  }

  private static Future<RpcReply> echo(String json) {
    return Future.succeededFuture(result(json, CacheStatus.HIT));
  }

  static RpcReply result(String json, CacheStatus status) {
    return new RpcReply.Result(json.getBytes(StandardCharsets.UTF_8), status, 0);
  }

  private final class Meter implements CallMeter {
    @Override
    public long started() {
      return System.nanoTime();
    }

    @Override
    public long ended(long startedNanos, RpcReply reply) {
      return System.nanoTime();
    }

    @Override
    public void hit(RpcRequest request, long nanos) {
      seen.add(request.method().name());
      fastHits.incrementAndGet();
    }

    @Override
    public void broke(Throwable cause) {
      broken.incrementAndGet();
    }
  }

  private final class Log implements AccessLog {
    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public void write(AccessEntry entry) {
      logged.add(entry);
    }

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
