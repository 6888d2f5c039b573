package dev.tenfold.gateway;

import dev.tenfold.gateway.answers.AnswerMemory;
import dev.tenfold.gateway.answers.CacheMetrics;
import dev.tenfold.gateway.chain.HeadTracker;
import dev.tenfold.gateway.ops.Page;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.telemetry.AccessLog;
import dev.tenfold.gateway.telemetry.CacheCounts;
import dev.tenfold.gateway.telemetry.CallMetrics;
import dev.tenfold.gateway.telemetry.ChainGauges;
import dev.tenfold.gateway.telemetry.Exposition;
import dev.tenfold.gateway.telemetry.MissesPage;
import dev.tenfold.gateway.telemetry.NodeCounts;
import dev.tenfold.gateway.telemetry.Stats;
import dev.tenfold.gateway.upstream.Upstream;
import dev.tenfold.gateway.upstream.UpstreamListener;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the rooms report to, and the pages that show it. */
final class Instruments implements AutoCloseable {
  private final CacheCounts cache = new CacheCounts(InstantSource.system());
  private final CallMetrics calls = new CallMetrics(cache, System::nanoTime);
  private final Map<String, NodeCounts> nodes = new LinkedHashMap<>();
  private final List<ChainGauges> chains = new ArrayList<>();
  private final AnswerMemory memory;
  private final InFlight inFlight;
  private @Nullable Exposition exposition;

  Instruments(AnswerMemory memory, InFlight inFlight) {
    this.memory = memory;
    this.inFlight = inFlight;
  }

  CallMetrics calls() {
    return calls;
  }

  CacheMetrics cacheMetrics(String chain) {
    return new CacheMetrics() {
      @Override
      public void hit(RpcRequest request) {
        cache.hit(request);
      }

      @Override
      public void miss(RpcRequest request, MissReason reason, boolean collapsed) {
        cache.miss(chain, request, reason, collapsed);
      }
    };
  }

  UpstreamListener listener(String node) {
    NodeCounts counts = new NodeCounts(node);
    nodes.put(node, counts);
    return new UpstreamListener() {
      @Override
      public void attempted(String name, @Nullable Failure failure, long tookNanos) {
        counts.called(failure);
      }

      @Override
      public void polled(String name, @Nullable Failure failure, long tookNanos) {
        counts.polled(failure);
      }
    };
  }

  void watch(String chain, HeadTracker head, List<Upstream> upstreams) {
    List<NodeCounts> counts =
        upstreams.stream().map(node -> Objects.requireNonNull(nodes.get(node.name()))).toList();
    chains.add(new ChainGauges(chain, head, head::windowSize, head::ready, counts));
  }

  /** The routes of the ops port. */
  Map<String, Page> pages(AccessLog accessLog) {
    Exposition metrics =
        new Exposition(calls, cache, chains, memoryFigures(), inFlight, accessLog::dropped);
    exposition = metrics;
    return Map.of(
        "/metrics",
        new Page(Exposition.CONTENT_TYPE, metrics::page),
        "/stats",
        Page.json(new Stats(calls, cache, chains)::page),
        "/misses",
        Page.json(new MissesPage(cache)::page));
  }

  private Exposition.MemoryFigures memoryFigures() {
    return new Exposition.MemoryFigures(
        () -> memory.stats().bytes(),
        () -> memory.stats().size(),
        () -> memory.stats().evictions());
  }

  @Override
  public void close() {
    Exposition open = exposition;
    if (open != null) {
      open.close();
    }
  }
}
