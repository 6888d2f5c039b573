package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Model checking: a permit is refused only while all are out. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Isolated("Lincheck instruments the JVM")
public class LimiterLincheckTest {
  private static final MonthlyUnits NO_MONTH = new MonthlyUnits(InstantSource.fixed(Instant.EPOCH));

  private final Limiter limiter = new Limiter(new Limits(0, 0, 0, 0, 0, 1), NO_MONTH, () -> 0);
  private boolean ended;

  /** The one permit is out. */
  public LimiterLincheckTest() {
    limiter.take(1);
  }

  @Operation
  public boolean take() {
    return limiter.take(1) == null;
  }

  @Operation(nonParallelGroup = "holder")
  public void end() {
    if (!ended) {
      ended = true;
      limiter.ended();
    }
  }

  @Test
  void takersGetWhatTheyWouldHaveGotOneAfterTheOther() {
    var options =
        new ModelCheckingOptions()
            .threads(2)
            .actorsPerThread(3)
            .actorsBefore(1)
            .actorsAfter(1)
            .iterations(12)
            .invocationsPerIteration(500);
    assertThatCode(() -> options.check(LimiterLincheckTest.class)).doesNotThrowAnyException();
  }
}
