package dev.tenfold.demo;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepsPlanTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void whatIsOutOfItsBoundsIsRefusedWithTheRule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepsPlan("Main", 200, 0, SECOND, 512, SECOND, 0, 0))
        .withMessage("rounds is 0; it must be from 1 to 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepsPlan("Main", 0, 3, SECOND, 512, SECOND, 0, 0))
        .withMessage("rate is 0; it must be from 1 to 100000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepsPlan("Main", 200, 3, SECOND, 512, Duration.ofMillis(99), 0, 0))
        .withMessageStartingWith("burst is PT0.099S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepsPlan("Main", 200, 3, SECOND, 512, SECOND, 7, 7))
        .withMessage("port and nodePort are both 7");
  }
}
