package dev.tenfold.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UpstreamSettingsTest {
  private final NodeBench bench = new NodeBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void settingsShowNothingButTheName() {
    assertThat(UpstreamSettings.of("main#1", URI.create("http://127.0.0.1:8545")))
        .hasToString("main#1");
    assertThatThrownBy(
            () ->
                new UpstreamSettings(
                    "main#1", URI.create("http://127.0.0.1:8545"), Map.of(), 0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("main#1: weight must be 1 or more, not 0");
    assertThatThrownBy(
            () -> bench.upstream(UpstreamSettings.of("main#1", URI.create("ftp://aSecretKey42/"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("aSecretKey42");
  }
}
