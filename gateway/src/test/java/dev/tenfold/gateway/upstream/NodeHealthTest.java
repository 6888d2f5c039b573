package dev.tenfold.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.upstream.NodeHealth.Asker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeHealthTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong nanos = new AtomicLong(5);
  private final NodeHealth health = new NodeHealth(nanos::get);

  @BeforeEach
  void itsChainIsChecked() {
    assertThat(health.isWell()).isFalse();
    health.checked(true);
  }

  private boolean failed(Asker asker, Failure failure) {
    return health.failed(asker, failure, 100 * MILLI, 0);
  }

  @Test
  void aFailedConnectionTakesItOutAtOnce() {
    assertThat(failed(Asker.CALL, Failure.NODE_UNREACHABLE)).isTrue();
    assertThat(failed(Asker.CALL, Failure.NODE_UNREACHABLE)).isFalse();
    assertThat(health.isWell()).isFalse();
    assertThat(health.isChecked()).isFalse();
  }

  @Test
  void anAnswerBetweenTwoSilentAttemptsKeepsItIn() {
    failed(Asker.CALL, Failure.NODE_SILENT);
    health.answered(Asker.CALL, MILLI);
    failed(Asker.CALL, Failure.NODE_SILENT);

    assertThat(health.isWell()).isTrue();
  }

  @Test
  void aPollThatIsAnsweredDoesNotForgiveCallsThatAreNot() {
    failed(Asker.CALL, Failure.NODE_SILENT);
    health.answered(Asker.PROBE, MILLI);

    assertThat(failed(Asker.CALL, Failure.NODE_SILENT)).isTrue();
  }

  @Test
  void aProbeBringsBackWhatIsOutAndAllIsForgiven() {
    failed(Asker.CALL, Failure.NODE_SILENT);
    failed(Asker.CALL, Failure.NODE_SILENT);
    assertThat(health.answered(Asker.PROBE, MILLI)).isTrue();
    health.checked(true);
    failed(Asker.CALL, Failure.NODE_SILENT);

    assertThat(health.isWell()).isTrue();
  }

  @Test
  void aConnectionThatBrokeOffHasTheChainCheckedAgain() {
    failed(Asker.CALL, Failure.NODE_BROKE_OFF);

    assertThat(health.isChecked()).isFalse();
  }

  @Test
  void theLongestRestCounts() {
    health.failed(Asker.CALL, Failure.NODE_RATE_LIMITED, MILLI, 9);
    health.failed(Asker.CALL, Failure.NODE_RATE_LIMITED, MILLI, 1);
    nanos.addAndGet(Duration.ofSeconds(8).toNanos());

    assertThat(health.rest()).isEqualTo(Duration.ofSeconds(1));
    assertThat(health.isWell()).isFalse();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(health.isWell()).isTrue();
  }

  @Test
  void theLatencyIsThatOfCallsOfLateAndElseThatOfPolls() {
    health.answered(Asker.PROBE, 10 * MILLI);
    assertThat(health.latencyNanos()).isEqualTo(10 * MILLI);
    health.answered(Asker.CALL, 50 * MILLI);
    health.answered(Asker.CALL, 100 * MILLI);
    assertThat(health.latencyNanos()).isEqualTo(60 * MILLI);
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());

    assertThat(health.latencyNanos()).isEqualTo(10 * MILLI);
  }
}
