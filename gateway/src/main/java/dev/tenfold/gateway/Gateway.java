package dev.tenfold.gateway;

import dev.tenfold.gateway.access.CallLimits;
import dev.tenfold.gateway.access.KeyDirectory;
import dev.tenfold.gateway.access.MethodPolicy;
import dev.tenfold.gateway.accounts.DatabaseUrl;
import dev.tenfold.gateway.admin.AdminApi;
import dev.tenfold.gateway.admin.KeyRules;
import dev.tenfold.gateway.answers.AnswerMemory;
import dev.tenfold.gateway.answers.AnsweredChain;
import dev.tenfold.gateway.answers.Answers;
import dev.tenfold.gateway.chain.ChainIdentity;
import dev.tenfold.gateway.chain.HeadTracker;
import dev.tenfold.gateway.chain.Ticker;
import dev.tenfold.gateway.config.ChainConfig;
import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.edge.ChainEntry;
import dev.tenfold.gateway.edge.Edge;
import dev.tenfold.gateway.ops.AdminToken;
import dev.tenfold.gateway.ops.OpsGuard;
import dev.tenfold.gateway.ops.OpsServer;
import dev.tenfold.gateway.route.FreshHead;
import dev.tenfold.gateway.route.RouteLimits;
import dev.tenfold.gateway.route.RoutedChain;
import dev.tenfold.gateway.route.Router;
import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.telemetry.AccessLog;
import dev.tenfold.gateway.upstream.Upstream;
import dev.tenfold.gateway.upstream.UpstreamSettings;
import dev.tenfold.toolkit.httpclient.ClientPool;
import dev.tenfold.toolkit.profiling.Profiling;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole gateway, put together: the one class that names all rooms.
 *
 * <p>{@link #start} returns when both ports are listened on and each node has answered or failed
 * to. {@link #close} answers what is in flight first. Both block, and belong on no event loop.
 */
public final class Gateway implements AutoCloseable {
  private final Config config;
  private final @Nullable Path data;
  private final Vertx vertx;
  private final ClientPool pool;
  private final InFlight inFlight;
  private final AnswerMemory memory;
  private final Instruments instruments;
  private final AccessLog accessLog;
  private final @Nullable Storage storage;
  private final Callers callers;
  private final String viaToken = "tenfold-" + UUID.randomUUID();
  private final List<Chain> chains = new ArrayList<>();
  private final Edge edge;
  private final Future<OpsServer> ops;
  private @Nullable Profiling profiling;

  /** One chain: who follows it, who serves it, and the first stage of its calls. */
  private record Chain(
      String name, HeadTracker head, List<Upstream> nodes, RpcHandler firstStage) {}

  /**
   * What is known of a node.
   *
   * @param chain as configured
   * @param node what it is called in logs
   * @param finding where its head is, or why it is not used
   */
  public record NodeReport(String chain, String node, String finding) {}

  private Gateway(
      Config config, @Nullable Path data, @Nullable AdminToken token, @Nullable DatabaseUrl url) {
    this.config = config;
    this.data = data;
    accessLog = Settings.accessLog(config.ops().accessLog()); // first, as it may fail
    vertx = Settings.vertx();
    inFlight = new InFlight(config.limits().inFlight().bytes());
    pool = ClientPool.create(vertx, Settings.pool(config), Settings.room(inFlight));
    memory = new AnswerMemory(config.cache().memory().bytes(), config.limits().buffered().bytes());
    instruments = new Instruments(memory, inFlight);
    storage = url == null ? null : new Storage(vertx, url);
    callers = callers();
    config.chains().forEach((name, chain) -> chains.add(chain(name, chain)));
    edge = edge();
    ops = ops(token);
  }

  /**
   * Starts a gateway.
   *
   * @throws RuntimeException with the cause where a port cannot be listened on; nothing is left
   *     running then
   */
  public static Gateway start(Config config) {
    return start(config, null);
  }

  /**
   * Starts a gateway that keeps users, keys and usage.
   *
   * @param data where it has its files; null for none: a database that is a file there is none
   *     then, and {@code /v1} wants {@code ops.admin-token}
   * @throws RuntimeException as {@link #start(Config)} does, and where a file cannot be made or the
   *     database was made by a newer program
   */
  public static Gateway start(Config config, @Nullable Path data) {
    // What may fail comes before anything runs.
    AdminToken token = Settings.adminToken(config.ops(), data);
    DatabaseUrl url = Settings.database(config.database(), data);
    Gateway gateway = new Gateway(config, data, token, url);
    try {
      gateway.open();
      return gateway;
    } catch (RuntimeException | Error e) {
      gateway.release();
      throw e;
    }
  }

  private Chain chain(String name, ChainConfig settings) {
    ChainIdentity identity = new ChainIdentity(name, settings.chainId());
    List<Upstream> nodes = nodes(name, settings, identity);
    HeadTracker head = new HeadTracker(identity, nodes, settings.finalityDepth(), System::nanoTime);

    BooleanSupplier development = () -> identity.get().development();

    RoutedChain routed =
        new RoutedChain(
            head,
            head::suspect,
            (wait, then) -> vertx.setTimer(wait.toMillis(), late -> then.run()));
    RpcHandler route =
        new Router(
            nodes, new RouteLimits(config.limits().attemptTimeout()), routed, System::nanoTime);
    FreshHead fresh =
        new FreshHead(route, development, head::refresh, head::refreshAll, head::suspect, vertx);
    RpcHandler answers =
        new Answers(
            fresh,
            new AnsweredChain(name, identity, head, fresh::suspected, head::want),
            memory,
            instruments.cacheMetrics(name),
            vertx);
    RpcHandler policy =
        new MethodPolicy(answers, config.methods().allow(), config.methods().deny(), development);
    RpcHandler access = new CallLimits(policy, name, System::nanoTime);

    instruments.watch(name, head, nodes);
    return new Chain(name, head, nodes, access);
  }

  private List<Upstream> nodes(String chain, ChainConfig settings, ChainIdentity identity) {
    List<Upstream> nodes = new ArrayList<>();
    for (UpstreamSettings node : Settings.upstreams(chain, settings)) {
      nodes.add(
          new Upstream(
              node,
              pool,
              identity,
              "1.1 " + viaToken,
              config.limits().attemptTimeout(),
              config.limits().buffered().bytes(),
              instruments.listener(node.name()),
              System::nanoTime,
              InstantSource.system()));
    }
    return nodes;
  }

  private Edge edge() {
    List<ChainEntry> entries = new ArrayList<>();
    for (Chain chain : chains) {
      HeadTracker head = chain.head();
      entries.add(new ChainEntry(chain.name(), chain.firstStage(), head, watch(head), head::ready));
    }
    return new Edge(
        vertx,
        Settings.address(config.server()),
        Settings.edgeLimits(config.limits()),
        entries,
        instruments.calls(),
        accessLog,
        callers.entrance(),
        inFlight,
        viaToken,
        System::nanoTime);
  }

  private static ChainEntry.Watch watch(HeadTracker head) {
    return new ChainEntry.Watch() {
      @Override
      public void touched() {
        head.touched();
      }

      @Override
      public boolean awake(long nowNanos) {
        return head.awake(nowNanos);
      }

      @Override
      public Future<Void> wake() {
        return head.wake();
      }
    };
  }

  private Callers callers() {
    Storage stored = storage;
    return stored == null
        ? new Callers(config.access(), KeyDirectory.empty(), key -> Future.succeededFuture(0L))
        : new Callers(config.access(), stored.keys(), stored::usedThisMonth);
  }

  private Future<OpsServer> ops(@Nullable AdminToken token) {
    OpsGuard guard = new OpsGuard(config.ops().host(), token);
    Storage stored = storage;
    KeyRules rules = new KeyRules(config.chains().keySet(), callers.tiers());
    return OpsServer.start(
        vertx,
        config.ops().host(),
        config.ops().port(),
        instruments.pages(accessLog),
        stored == null
            ? Map.of()
            : Map.of(
                AdminApi.PATH,
                new AdminApi(vertx, guard, stored::open, stored.accounts(), stored.usage(), rules)),
        guard);
  }

  private void open() {
    ops.await();
    edge.start(Settings.eventLoops()).await();
    Future.join(chains.stream().map(chain -> chain.head().start(Ticker.on(vertx))).toList())
        .await();
    profiling = Profiling.open(); // last: it loads in the background, and callers need not wait
    ops.result().debug(profiling);
    if (storage != null) {
      storage.write(callers.usage(), config.usage(), data);
      storage.openIfThere();
    }
  }

  /** The port for callers. */
  public int port() {
    return edge.port();
  }

  /** The port for operators. */
  public int opsPort() {
    return ops.result().port();
  }

  /** What is known of each node, in the order of the configuration. */
  public List<NodeReport> nodes() {
    List<NodeReport> reports = new ArrayList<>();
    for (Chain chain : chains) {
      for (Upstream node : chain.nodes()) {
        reports.add(new NodeReport(chain.name(), node.name(), node.finding()));
      }
    }
    return reports;
  }

  /**
   * Stops: not ready but serving for {@code shutdown.delay}; then no new connections, and what is
   * in flight is answered, for {@code shutdown.timeout} at the most.
   */
  @Override
  public void close() {
    edge.announceStop();
    pause(config.shutdown().delay());
    edge.shutdown(config.shutdown().timeout().toMillis()).otherwiseEmpty().await();
    release();
  }

  private void pause(Duration delay) {
    if (delay.isPositive()) {
      vertx.timer(delay.toMillis()).await();
    }
  }

  private void release() {
    chains.forEach(chain -> chain.head().stop());
    accessLog.close();
    pool.close(); // What is under way to nodes now is our own, or nobody waits for it.
    pool.shutdown().otherwiseEmpty().await();
    if (storage != null) {
      storage.close();
    }
    vertx.close().await();
    if (profiling != null) {
      profiling.close();
    }
    instruments.close();
  }
}
