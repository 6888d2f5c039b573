package dev.tenfold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.config.Config;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What large answers cost in memory. */
@Timeout(120)
@Isolated("measures the heap")
class LargeAnswersMemoryTest {
  private static final String LOGS =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getLogs\",\"params\":[{}]}";
  private static final String CONFIGURATION =
      """
      server: { port: 0 }
      ops: { port: 0 }
      shutdown: { timeout: 1s }
      chains: { main: { upstreams: [ { url: "%s" } ] } }
      """;
  private static final long MEGA = 1 << 20;

  private static long whole(int logs) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":}".length() + Logs.length(logs);
  }

  /** What is reachable on the heap, and what Netty holds beside it. */
  private static long liveBytes() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return heap + PlatformDependent.usedDirectMemory();
  }

  private static void awaitStillness(AtomicLong number) {
    long last = -1;
    long since = System.nanoTime();
    while (System.nanoTime() - since < Duration.ofMillis(700).toNanos()) {
      if (last != number.get()) {
        last = number.get();
        since = System.nanoTime();
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void twoSlowReadersOfFiftyMegabytesHoldLessThanSixteen() throws Exception {
    int logs = Logs.fiftyMegabytes();
    try (RawNode node = new RawNode(peer -> peer.logs(logs));
        Gateway gateway = Gateway.start(Config.of(CONFIGURATION.formatted(node.url())))) {
      try (Download warm = Download.of(gateway, LOGS).head().all()) {
        assertThat(warm.length()).isEqualTo(whole(logs));
      }
      long before = liveBytes();
      try (Download first = Download.of(gateway, LOGS).head();
          Download second = Download.of(gateway, LOGS).head()) {
        awaitStillness(node.written);
        assertThat(liveBytes() - before).isLessThan(16 * MEGA);
        assertThat(first.all().length()).isEqualTo(whole(logs));
        assertThat(second.all().length()).isEqualTo(whole(logs));
      }
    }
  }

  @Test
  void aHeapOfFortyMegabytesIsEnoughForTwoReadersAtOnce() throws Exception {
    int logs = Logs.fiftyMegabytes();
    try (RawNode node = new RawNode(peer -> peer.logs(logs))) {
      Process process = start(CONFIGURATION.formatted(node.url()));
      try {
        int port = port(process);
        for (int round = 0; round < 2; round++) {
          try (Download first = new Download(port, "1.1", LOGS).head();
              Download second = new Download(port, "1.1", LOGS).head()) {
            assertThat(first.all().length()).isEqualTo(whole(logs));
            assertThat(second.all().length()).isEqualTo(whole(logs));
          }
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static Process start(String configuration) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-Xmx40m",
                "-XX:MaxDirectMemorySize=16m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                configuration))
        .redirectErrorStream(true)
        .start();
  }

  private static int port(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    String line = lines.readLine();
    while (line != null && !line.startsWith("port ")) {
      said.append(line).append('\n');
      line = lines.readLine();
    }
    assertThat(line).as(said::toString).isNotNull();
    return Integer.parseInt(line.substring("port ".length()));
  }
}
