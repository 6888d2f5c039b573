package dev.tenfold.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run sends, and what a request costs the generator. */
@Timeout(30)
class LoadRunRequestsTest {
  private static final Mix MIX = Mix.of("eth_chainId", "[]");
  private static final Arrivals CLOSED = new Arrivals.Closed();
  private static final Duration LONG = Duration.ofSeconds(20);

  private static LoadPlan closed(ScriptedServer server, int connections, int requests) {
    return LoadPlan.of(server.url(), MIX, CLOSED).over(connections).atMost(requests).lasting(LONG);
  }

  @Test
  void aRequestThatGoesWellAllocatesNothing() throws Exception {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (ScriptedServer server = ScriptedServer.good()) {
      long[] allocated = new long[2];
      int[] requests = {2_000, 12_000};
      for (int run = -1; run < requests.length; run++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        LoadRun.run(closed(server, 4, requests[Math.max(0, run)]));
        allocated[Math.max(0, run)] = threads.getCurrentThreadAllocatedBytes() - before;
      }

      assertThat((allocated[1] - allocated[0]) / 10_000).isLessThan(16);
    }
  }

  @Test
  void equalSeedsSendEqualCalls() throws IOException, InterruptedException {
    List<List<String>> sent = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (ScriptedServer server = ScriptedServer.good()) {
        LoadRun.run(
            LoadPlan.of(server.url(), Mix.builtIn(), CLOSED).over(1).atMost(50).lasting(LONG));
        sent.add(server.bodies());
      }
    }

    assertThat(sent.getFirst()).isEqualTo(sent.getLast()).hasSize(50);
  }
}
