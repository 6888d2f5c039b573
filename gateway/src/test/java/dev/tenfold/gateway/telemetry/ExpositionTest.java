package dev.tenfold.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  private static final RpcReply RESULT =
      new RpcReply.Result(new byte[] {'1'}, CacheStatus.HIT, Snapshot.UNKNOWN);

  private static final RpcRequest CALL = Asked.call("eth_call", "[{},\"latest\"]");

  private final AtomicLong nanos = new AtomicLong();
  private final CacheCounts cache = new CacheCounts(InstantSource.system());
  private final CallMetrics calls = new CallMetrics(cache, nanos::get);
  private final InFlight inFlight = new InFlight(100);
  private final NodeCounts node = new NodeCounts("main#1");
  private final List<ChainGauges> chains =
      List.of(
          new ChainGauges(
              "main", () -> new Belief(120, 56, 2), () -> 129, () -> true, List.of(node)));

  @Test
  void theNamesThatAreInPublicAreAllThere() {
    countSome();
    assertThat(inFlight.take(60)).isTrue();
    assertThat(inFlight.take(60)).isFalse();
    try (Exposition exposition = exposition()) {
      assertThat(exposition.page().lines())
          .contains(
              "tenfold_requests_total 3.0",
              "tenfold_request_errors_total 1.0",
              "tenfold_requests_in_flight 1.0",
              "tenfold_request_duration_seconds_count 3",
              "tenfold_request_duration_seconds_bucket{le=\"0.005\"} 2",
              "tenfold_request_duration_seconds_bucket{le=\"+Inf\"} 3",
              "tenfold_cache_hits_total 1.0",
              "tenfold_cache_collapsed_total 1.0",
              "tenfold_cache_misses_total{reason=\"not-final\"} 2.0",
              "tenfold_cache_misses_by_method_total{method=\"eth_call\",reason=\"not-final\"} 2.0",
              "tenfold_upstream_calls_total{chain=\"main\",kind=\"caller\",upstream=\"main#1\"}"
                  + " 2.0",
              "tenfold_upstream_calls_total{chain=\"main\",kind=\"poll\",upstream=\"main#1\"} 1.0",
              "tenfold_upstream_failures_total{chain=\"main\",upstream=\"main#1\"} 1.0",
              "tenfold_chain_head{chain=\"main\"} 120.0",
              "tenfold_chain_finalized{chain=\"main\"} 56.0",
              "tenfold_chain_window{chain=\"main\"} 129.0",
              "tenfold_chain_generation{chain=\"main\"} 2.0",
              "tenfold_cache_bytes 77.0",
              "tenfold_in_flight_bytes 60.0",
              "tenfold_in_flight_refusals_total 1.0",
              "tenfold_access_log_dropped_total 5.0")
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"))
          .anyMatch(line -> line.startsWith("# HELP tenfold_request_duration_seconds "));
    }
  }

  @Test
  void missesByMethodAreOnlyThoseThatThereWere() {
    try (Exposition exposition = exposition()) {
      assertThat(exposition.page()).doesNotContain("tenfold_cache_misses_by_method_total{");
      cache.miss("main", Asked.call("my_own", "[]"), MissReason.UNKNOWN_METHOD, false);
      cache.miss("main", Asked.call("another", "[]"), MissReason.UNKNOWN_METHOD, false);
      assertThat(exposition.page().lines())
          .filteredOn(line -> line.startsWith("tenfold_cache_misses_by_method_total{"))
          .containsExactly(
              "tenfold_cache_misses_by_method_total{method=\"other\",reason=\"unknown-method\"}"
                  + " 2.0");
    }
  }

  @Test
  void noFigureVanishesWhenGarbageIsCollected() {
    try (Exposition exposition = exposition()) {
      System.gc();
      cache.hit(CALL);
      assertThat(exposition.page().lines()).contains("tenfold_cache_hits_total 1.0");
    }
  }

  @Test
  void whatPromtoolFindsFaultWithIsLeftOut() {
    try (Exposition exposition = exposition()) {
      assertThat(exposition.page())
          .doesNotContain("process_cpu_time_ns_total", "system_cpu_count")
          .contains("process_cpu_usage");
    }
  }

  @Test
  void nothingIsDividedByZeroBeforeTheFirstRequest() throws Exception {
    JsonNode stats = stats();
    assertThat(stats.get("request_count").asLong()).isZero();
    assertThat(stats.get("error_rate").asDouble()).isZero();
    assertThat(stats.get("avg_latency_ms").asDouble()).isZero();
    assertThat(stats.get("p99_ms").asDouble()).isZero();
    try (Exposition exposition = exposition()) {
      assertThat(exposition.page().lines())
          .contains("tenfold_requests_total 0.0", "tenfold_request_duration_seconds_sum 0.0");
    }
  }

  @Test
  void statsHaveTheFiguresSinceStart() throws Exception {
    countSome();
    JsonNode stats = stats();
    assertThat(stats.get("request_count").asLong()).isEqualTo(3);
    assertThat(stats.get("active_requests").asLong()).isEqualTo(1);
    assertThat(stats.get("error_rate").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(stats.get("avg_latency_ms").asDouble()).isEqualTo(4);
    assertThat(stats.get("p50_ms").asDouble()).isCloseTo(1, within(0.02));
    assertThat(stats.get("p99_ms").asDouble()).isCloseTo(10, within(0.2));
    assertThat(stats.at("/chains/main/upstream_calls").asLong()).isEqualTo(2);
    assertThat(stats.at("/chains/main/upstream_polls").asLong()).isEqualTo(1);
  }

  @Test
  void anErrorThatIsTheAnswerIsNoFailureOfTheNode() {
    node.called(Failure.NODE_REVERT);
    node.called(Failure.NODE_ERROR);
    assertThat(node.failures()).isZero();
    node.called(Failure.NODE_SILENT);
    assertThat(node.failures()).isEqualTo(1);
  }

  private void countSome() {
    long first = calls.started();
    nanos.addAndGet(1_000_000);
    calls.ended(first, RESULT);
    long second = calls.started();
    nanos.addAndGet(1_000_000);
    calls.ended(second, RESULT);
    long third = calls.started();
    calls.started();
    nanos.addAndGet(10_000_000);
    calls.ended(third, Failure.NO_NODE.reply());
    cache.hit(CALL);
    cache.miss("main", CALL, MissReason.NOT_FINAL, false);
    cache.miss("main", CALL, MissReason.NOT_FINAL, true);
    node.called(null);
    node.called(Failure.NODE_SILENT);
    node.polled(null);
  }

  private Exposition exposition() {
    Exposition.MemoryFigures memory = new Exposition.MemoryFigures(() -> 77, () -> 1, () -> 0);
    return new Exposition(calls, cache, chains, memory, inFlight, () -> 5);
  }

  private JsonNode stats() throws Exception {
    return new ObjectMapper().readTree(new Stats(calls, cache, chains).page());
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }
}
