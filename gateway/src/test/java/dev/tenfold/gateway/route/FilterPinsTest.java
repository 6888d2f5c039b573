package dev.tenfold.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.upstream.Node;
import dev.tenfold.gateway.upstream.NodeBench;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FilterPinsTest {
  private final NodeBench bench = new NodeBench();
  private final Node node = bench.upstream(bench.scripted());
  private final Node other = bench.upstream(bench.scripted());
  private final AtomicLong nanos = new AtomicLong();
  private final FilterPins pins = new FilterPins(nanos::get);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aFilterIsForgottenAfterFiveIdleMinutes() {
    pins.pin(node, "0xa");
    nanos.addAndGet(Duration.ofMinutes(4).toNanos());
    assertThat(pins.find("0xa")).isEqualTo(new FilterPins.Pin(node, "0xa"));
    nanos.addAndGet(Duration.ofMinutes(4).toNanos());
    assertThat(pins.find("0xa")).isNotNull();
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());

    assertThat(pins.find("0xa")).isNull();
    assertThat(pins.size()).isZero();
  }

  @Test
  void moreThanTheBoundAreNotKept() {
    for (int i = 0; i <= FilterPins.MAX_FILTERS; i++) {
      pins.pin(node, "0x" + Integer.toHexString(i + 1));
    }

    assertThat(pins.size()).isEqualTo(FilterPins.MAX_FILTERS);
    assertThat(pins.find("0x1")).isNull();
    assertThat(pins.find("0x2")).isNotNull();
  }

  @Test
  void anIdThatAClientWroteAnewIsStillTheSame() {
    pins.pin(node, "0x00aB");

    assertThat(pins.find("0xab")).isEqualTo(new FilterPins.Pin(node, "0x00aB"));
    assertThat(pins.find("0x0AB")).isNotNull();
  }

  @Test
  void theSameIdOfTwoNodesIsTwoFilters() {
    String mine = pins.pin(node, "0x1");
    String yours = pins.pin(other, "0x1");

    assertThat(mine).isEqualTo("0x1").isNotEqualTo(yours);
    assertThat(pins.find(yours)).isEqualTo(new FilterPins.Pin(other, "0x1"));
  }
}
