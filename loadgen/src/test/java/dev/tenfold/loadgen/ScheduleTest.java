package dev.tenfold.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long START = 7_000_000_000L;
  private static final long MILLI = 1_000_000;

  private static LoadPlan plan(Arrivals arrivals) {
    return LoadPlan.of(URI.create("http://127.0.0.1:1"), Mix.of("a", "[]"), arrivals)
        .lasting(Duration.ofSeconds(1));
  }

  @Test
  void arrivalsAreAtConstantIntervalsHoweverLateTheyAreTaken() {
    Schedule schedule = new Schedule(plan(new Arrivals.Open(100)), START);

    assertThat(schedule.isDue(START)).isTrue();
    assertThat(schedule.take(START)).isEqualTo(START);
    assertThat(schedule.isDue(START + 9 * MILLI)).isFalse();
    assertThat(schedule.waiting(START + 500 * MILLI)).isEqualTo(49);
    assertThat(schedule.take(START + 500 * MILLI)).isEqualTo(START + 10 * MILLI);
    assertThat(schedule.take(START + 500 * MILLI)).isEqualTo(START + 20 * MILLI);
  }

  @Test
  void whatIsDueAtTheEndMayGoOutOnceMoreAndWhatIsLeftIsUnsent() {
    Schedule schedule = new Schedule(plan(new Arrivals.Open(100)), START);
    schedule.take(START);
    schedule.stopAfterEnd(START + 999 * MILLI);

    assertThat(schedule.isDue(START + 1001 * MILLI)).isTrue();
    schedule.take(START + 1001 * MILLI);
    schedule.stopAfterEnd(START + 1001 * MILLI);

    assertThat(schedule.isDue(START + 1001 * MILLI)).isFalse();
    assertThat(schedule.isOver()).isTrue();
    assertThat(schedule.unsent()).isEqualTo(98);
  }

  @Test
  void whatTheWarmUpLeftOverIsNotSent() {
    LoadPlan plan = plan(new Arrivals.Open(100)).warmingUpFor(Duration.ofSeconds(1)).atMost(10);
    Schedule schedule = new Schedule(plan, START);
    assertThat(schedule.counts(schedule.take(START))).isFalse();

    assertThat(schedule.isDue(START + 1000 * MILLI)).isTrue();
    long first = schedule.take(START + 1000 * MILLI);
    assertThat(first).isEqualTo(START + 1000 * MILLI);
    assertThat(schedule.counts(first)).isTrue();
    assertThat(schedule.unsent()).isEqualTo(9);
  }

  @Test
  void aClosedLoopIsAlwaysDueUntilItsCountIsReached() {
    Schedule schedule = new Schedule(plan(new Arrivals.Closed()).atMost(2), START);

    assertThat(schedule.take(START + 3)).isEqualTo(START + 3);
    assertThat(schedule.isOver()).isFalse();
    assertThat(schedule.take(START + 5)).isEqualTo(START + 5);
    assertThat(schedule.isOver()).isTrue();
    assertThat(schedule.unsent()).isZero();
  }
}
