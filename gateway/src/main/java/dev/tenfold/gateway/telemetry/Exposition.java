package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.rpc.MissReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All figures in the text format of Prometheus. Making the page reads counters; counting never
 * waits for it.
 */
public final class Exposition implements AutoCloseable {
  /** What the page is, for its header. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** What promtool finds fault with. */
  private static final Set<String> ILL_NAMED = Set.of("process.cpu.time", "system.cpu.count");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final List<LongSupplier> counted = new ArrayList<>();

  public Exposition(
      CallMetrics calls,
      CacheCounts cache,
      List<ChainGauges> chains,
      MemoryFigures memory,
      InFlight inFlight,
      LongSupplier droppedLogLines) {
    registry.config().meterFilter(MeterFilter.deny(id -> ILL_NAMED.contains(id.getName())));
    calls(calls);
    cache(cache, memory);
    inFlight(inFlight);
    chains.forEach(this::chain);
    counter("tenfold.access.log.dropped", "Lines that the access log lost", droppedLogLines);
    jvm();
  }

  /**
   * What the memory cache holds.
   *
   * @param bytes in bytes, overheads included
   * @param entries how many answers
   * @param evictions how many had to make room
   */
  public record MemoryFigures(LongSupplier bytes, LongSupplier entries, LongSupplier evictions) {}

  /** The page. */
  public String page() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }

  private void calls(CallMetrics calls) {
    counter("tenfold.requests", "JSON-RPC calls", () -> calls.snapshot().requestCount());
    counter(
        "tenfold.request.errors",
        "JSON-RPC calls whose reply had an error",
        () -> calls.snapshot().errorCount());
    gauge(
        "tenfold.requests.in.flight",
        "JSON-RPC calls that wait for their answer",
        Tags.empty(),
        () -> calls.snapshot().activeRequests());
    registry.getPrometheusRegistry().register(new DurationHistogram(calls));
  }

  private void cache(CacheCounts cache, MemoryFigures memory) {
    counter("tenfold.cache.hits", "Calls answered without a node", cache::hits);
    counter("tenfold.cache.collapsed", "Misses that shared another's call", cache::collapsed);
    counter("tenfold.cache.evictions", "Answers that made room for others", memory.evictions());
    for (MissReason reason : MissReason.values()) {
      counter(
          "tenfold.cache.misses",
          "Calls that went to a node, by reason",
          Tags.of("reason", reason.token()),
          () -> cache.misses(reason));
    }
    registry.getPrometheusRegistry().register(new MissesByMethod(cache));
    gauge(
        "tenfold.cache.bytes",
        "Memory that kept answers take",
        Tags.empty(),
        memory.bytes()::getAsLong);
    gauge("tenfold.cache.entries", "Answers kept", Tags.empty(), memory.entries()::getAsLong);
  }

  private void inFlight(InFlight inFlight) {
    gauge(
        "tenfold.in.flight.bytes",
        "Memory that calls under way hold, of limits.in-flight",
        Tags.empty(),
        inFlight::heldBytes);
    counter(
        "tenfold.in.flight.refusals",
        "Bodies and answers refused by limits.in-flight",
        inFlight::refused);
  }

  private void chain(ChainGauges chain) {
    Tags tags = Tags.of("chain", chain.chain());
    gauge("tenfold.chain.head", "The newest block", tags, () -> chain.snapshot().get().head());
    gauge(
        "tenfold.chain.finalized",
        "The newest final block; -1 where none is known",
        tags,
        () -> chain.snapshot().get().finalized());
    gauge(
        "tenfold.chain.window",
        "Recent blocks that are known one by one",
        tags,
        chain.windowBlocks()::getAsInt);
    gauge(
        "tenfold.chain.generation",
        "How often blocks left the chain: reorganisations, rewinds and resets",
        tags,
        () -> chain.snapshot().get().generation());
    gauge(
        "tenfold.chain.ready",
        "1 while the chain has a node with a head",
        tags,
        () -> chain.ready().getAsBoolean() ? 1 : 0);
    chain.nodes().forEach(node -> node(chain.chain(), node));
  }

  private void node(String chain, NodeCounts node) {
    Tags tags = Tags.of("chain", chain, "upstream", node.node());
    String help = "Calls sent to nodes: of callers, and of our own";
    counter("tenfold.upstream.calls", help, tags.and("kind", "caller"), node::calls);
    counter("tenfold.upstream.calls", help, tags.and("kind", "poll"), node::polls);
    counter(
        "tenfold.upstream.failures", "Calls sent to nodes without an answer", tags, node::failures);
  }

  private void jvm() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  private void counter(String name, String help, LongSupplier value) {
    counter(name, help, Tags.empty(), value);
  }

  private void counter(String name, String help, Tags tags, LongSupplier value) {
    counted.add(value); // the registry holds it by a weak reference only
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(help)
        .tags(tags)
        .register(registry);
  }

  private void gauge(String name, String help, Tags tags, Supplier<Number> value) {
    Gauge.builder(name, value).description(help).tags(tags).register((MeterRegistry) registry);
  }
}
