package dev.tenfold.loadgen;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LoadPlanTest {
  private final LoadPlan plan =
      LoadPlan.of(URI.create("http://127.0.0.1:1"), Mix.of("a", "[]"), new Arrivals.Closed());

  @Test
  void whatIsOutOfBoundsIsRefusedWithValueAndRule() {
    refused(() -> plan.lasting(Duration.ofMinutes(61)), "duration is PT1H1M; it must be from 1 ms");
    refused(() -> plan.lasting(Duration.ZERO), "duration is PT0S; it must be from 1 ms to 1 hour");
    refused(() -> plan.warmingUpFor(Duration.ofHours(2)), "warmUp is PT2H; it must be from 0");
    refused(() -> plan.timingOutAfter(Duration.ZERO), "timeout is PT0S; it must");
    refused(() -> plan.atMost(0), "requests is 0; it must be over 0");
    refused(() -> plan.over(0), "connections is 0; it must be from 1 to 10000");
    refused(() -> plan.over(10_001), "connections is 10001; it must");
    refused(() -> new Arrivals.Open(0), "rate is 0.0; it must be over 0 and at most 1000000");
    refused(() -> new Arrivals.Open(Double.NaN), "rate is NaN");
  }

  @Test
  void onlyHttpIsTaken() {
    for (String url : new String[] {"https://127.0.0.1", "http:x", "file:///x", "http://u:p@h"}) {
      refused(
          () -> LoadPlan.of(URI.create(url), plan.mix(), plan.arrivals()),
          "url must begin with http:// and a host");
    }
  }

  private static void refused(ThrowingCallable call, String complaint) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(complaint);
  }
}
