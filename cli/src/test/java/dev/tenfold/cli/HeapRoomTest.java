package dev.tenfold.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.gateway.config.Config;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
  private static final long MIB = 1 << 20;
  private static final String NODES = "chains: { main: { upstreams: [{ url: 'http://n' }] } }\n";

  @Test
  void theDefaultsFitIntoTheHeapOfTheLauncher() {
    assertThatCode(() -> HeapRoom.check(Config.of(NODES), 384 * MIB)).doesNotThrowAnyException();
  }

  @Test
  void aCacheThatDoesNotFitIsRefusedWithWhatWouldHelp() {
    Config config = Config.of(NODES + "cache: { memory: 1GiB }\n");

    assertThatThrownBy(() -> HeapRoom.check(config, 384 * MIB))
        .isInstanceOf(Failed.class)
        .hasMessage(
            "cache.memory (1GiB) and limits.in-flight (64MiB) must fit into three quarters of the"
                + " heap, which is 384MiB; a larger heap: TENFOLD_JAVA_OPTS=-Xmx2177m");
    assertThatCode(() -> HeapRoom.check(config, 2177 * MIB)).doesNotThrowAnyException();
  }
}
