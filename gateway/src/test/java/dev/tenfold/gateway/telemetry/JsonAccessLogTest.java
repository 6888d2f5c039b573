package dev.tenfold.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JsonAccessLogTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T03:00:00.123456Z"));
  private static final AccessEntry ENTRY =
      new AccessEntry("/main", "eth_call", 200, 1_234_567, "hit", "");

  @TempDir private Path folder;

  @Test
  void eachCallLeavesOneLineOfJson() throws Exception {
    Path file = folder.resolve("access.log");
    try (AccessLog log = JsonAccessLog.toFile(file, CLOCK)) {
      log.write(ENTRY);
      log.write(new AccessEntry("/main", "a\"b\nc", 503, 5_000_000, "cold", "NO_NODE"));
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .isEqualTo(
            "{\"time\":\"2026-11-23T03:00:00.123Z\",\"path\":\"/main\",\"method\":\"eth_call\","
                + "\"status\":200,\"ms\":1.235,\"verdict\":\"hit\"}");
    JsonNode second = new ObjectMapper().readTree(lines.getLast());
    assertThat(second.get("method").asText()).isEqualTo("a\"b\nc");
    assertThat(second.get("failure").asText()).isEqualTo("NO_NODE");
  }

  @Test
  void aFileIsContinuedAndNotReplaced() throws Exception {
    Path file = folder.resolve("access.log");
    for (int i = 0; i < 2; i++) {
      try (AccessLog log = JsonAccessLog.toFile(file, CLOCK)) {
        log.write(ENTRY);
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedWithItsKey() {
    Path nowhere = folder.resolve("no/such/folder/access.log");
    assertThatThrownBy(() -> JsonAccessLog.toFile(nowhere, CLOCK))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("ops.access-log")
        .hasMessageContaining(nowhere.toString());
  }

  @Test
  void aStuckDiskBlocksNobodyAndWhatIsLostIsCounted() {
    CountDownLatch stuck = new CountDownLatch(1);
    OutputStream disk =
        new OutputStream() {
          @Override
          public void write(int b) {
            await(stuck);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            await(stuck);
          }
        };
    JsonAccessLog log = new JsonAccessLog(disk, CLOCK);
    for (int i = 0; i < 3 * JsonAccessLog.CAPACITY; i++) {
      log.write(ENTRY);
    }
    assertThat(log.dropped()).isPositive();
    stuck.countDown();
    log.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
