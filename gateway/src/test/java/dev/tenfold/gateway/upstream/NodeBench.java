package dev.tenfold.gateway.upstream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tenfold.gateway.chain.ChainIdentity;
import dev.tenfold.gateway.chain.HeadSource;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.route.RoutedChain;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.httpclient.ClientPool;
import dev.tenfold.toolkit.httpclient.ClientPoolOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** What tests of nodes over real sockets share: event loop, pool, clock, log. */
public final class NodeBench implements AutoCloseable {
  public static final Duration ATTEMPT = Duration.ofMillis(300);

  /** Larger answers stream. */
  public static final int BUFFERED = 1 << 15;

  /** Larger ones are refused. */
  public static final int LARGEST = 1 << 18;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  public final Vertx vertx = Vertx.vertx();
  public final ChainIdentity identity;
  public final List<String> heard = new CopyOnWriteArrayList<>();
  public final AtomicInteger suspicions = new AtomicInteger();
  public volatile Belief believed = new Belief(100, 90, 0);
  private final Context loop = vertx.getOrCreateContext();
  private final ClientPool pool =
      ClientPool.create(vertx, ClientPoolOptions.builder().maxAnswerBytes(LARGEST).build());
  private final AtomicLong ahead = new AtomicLong();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("dev.tenfold.gateway");
  private int nodes;

  public NodeBench() {
    this(OptionalLong.empty());
  }

  public NodeBench(OptionalLong chainId) {
    identity = new ChainIdentity("main", chainId);
    root.setLevel(Level.DEBUG);
    log.start();
    root.addAppender(log);
  }

  public ScriptedNode scripted() {
    return ScriptedNode.start(vertx);
  }

  public Upstream upstream(ScriptedNode node) {
    return upstream(UpstreamSettings.of("main#" + ++nodes, node.url()));
  }

  public Upstream upstream(UpstreamSettings settings) {
    UpstreamListener listener =
        new UpstreamListener() {
          @Override
          public void attempted(
              String node,
              dev.tenfold.gateway.rpc.@org.jspecify.annotations.Nullable Failure why,
              long took) {
            heard.add("call " + node + " " + why);
          }

          @Override
          public void polled(
              String node,
              dev.tenfold.gateway.rpc.@org.jspecify.annotations.Nullable Failure why,
              long took) {
            heard.add("poll " + node + " " + why);
          }
        };
    return new Upstream(
        settings,
        pool,
        identity,
        "1.1 tenfold-test",
        ATTEMPT,
        BUFFERED,
        listener,
        this::nanos,
        () -> Instant.parse("2026-01-01T00:00:00Z").plusNanos(ahead.get()));
  }

  /** The clock of the bench: real time, and what was skipped. */
  public long nanos() {
    return System.nanoTime() + ahead.get();
  }

  public void skip(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  /** The chain as the bench believes it is; waits are in real time. */
  public RoutedChain routed() {
    return new RoutedChain(
        () -> believed,
        suspicions::incrementAndGet,
        (wait, then) -> vertx.setTimer(wait.toMillis(), late -> then.run()));
  }

  public RpcRequest request(String method, String params) {
    return request(method, params, new Caller());
  }

  public RpcRequest request(String method, String params, Caller caller) {
    return request(method(method), params, caller);
  }

  public RpcRequest request(Method method, String params) {
    return request(method, params, new Caller());
  }

  private RpcRequest request(Method method, String params, Caller caller) {
    byte[] json = params.getBytes(StandardCharsets.UTF_8);
    return new RpcRequest(
        method, json, 0, json.length, believed, caller, nanos() + Duration.ofSeconds(3).toNanos());
  }

  private static Method method(String name) {
    MethodClass methodClass =
        switch (name) {
          case "eth_getBalance", "eth_call", "debug_traceCall" -> MethodClass.BLOCK;
          case "eth_sendRawTransaction" -> MethodClass.PASS;
          case "eth_newFilter",
              "eth_getFilterChanges",
              "eth_getFilterLogs",
              "eth_uninstallFilter" ->
              MethodClass.FILTER;
          default -> MethodClass.UNKNOWN;
        };
    return new Method(
        name,
        methodClass,
        Method.NONE,
        false,
        Method.NearHead.NEVER,
        "",
        name.equals("debug_traceCall"));
  }

  /** Polls the node until it is found well: the first answers of a cold JVM may take too long. */
  public void known(Upstream upstream) {
    until(
        () -> {
          on(upstream::newest);
          return upstream.isWell();
        });
    upstream.stands(new HeadSource.Standing(100, true, 90));
    heard.clear();
  }

  /** Runs on the event loop of the bench and waits for the end. */
  public <T> T on(Supplier<Future<T>> action) {
    return await(start(action));
  }

  /** Runs on the event loop of the bench. */
  public <T> CompletableFuture<T> start(Supplier<Future<T>> action) {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.runOnContext(
        nothing -> action.get().onComplete(done::complete, done::completeExceptionally));
    return done;
  }

  public static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it holds, and fails if it does not in ten seconds. */
  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it did not come to hold in " + PATIENCE);
      }
      Thread.onSpinWait();
    }
  }

  public static String json(RpcReply reply) {
    return new String(
        switch (reply) {
          case RpcReply.Result result -> result.json();
          case RpcReply.RpcError error -> error.json();
          case RpcReply.Streamed streamed -> new byte[0];
        },
        StandardCharsets.UTF_8);
  }

  /** All that was logged since the bench was made. */
  public List<String> logged() {
    return List.copyOf(log.list).stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** What an operator reads: what was logged since the bench was made, but for details. */
  public List<String> said() {
    return logged().stream().filter(line -> !line.startsWith("DEBUG ")).toList();
  }

  @Override
  public void close() {
    root.detachAppender(log);
    await(vertx.close().toCompletionStage().toCompletableFuture());
  }
}
