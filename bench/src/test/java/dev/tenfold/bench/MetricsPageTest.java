package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MetricsPageTest {
  private final MetricsPage page =
      new MetricsPage(
          """
          # HELP tenfold_cache_bytes Memory that kept answers take
          # TYPE tenfold_cache_bytes gauge
          tenfold_cache_bytes_more 3
          tenfold_cache_bytes 1.34217728E8
          tenfold_cache_entries 70000.0
          """);

  @Test
  void aValueIsFoundByTheWholeName() {
    assertThat(page.value("tenfold_cache_bytes")).isEqualTo(134_217_728);
  }

  @Test
  void aMetricThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> page.value("tenfold_cache"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tenfold_cache");
  }
}
