package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessFiguresTest {
  @Test
  void processorTimeIsUserAndSystemTimeOfTheWholeProcess() {
    String stat = "42 (java) S 1 42 42 0 -1 4194304 9 0 0 0 250 30 7 8 20 0 31 0 100 5 6";

    assertThat(ProcessFigures.cpuNanos(stat)).isEqualTo(2_800_000_000L);
  }

  @Test
  void aNameWithSpacesAndParenthesesShiftsNothing() {
    String stat = "42 (a) b (c) S 1 42 42 0 -1 4194304 9 0 0 0 2 1 7 8 20 0 31 0 100 5 6";

    assertThat(ProcessFigures.cpuNanos(stat)).isEqualTo(30_000_000L);
  }

  @Test
  void aLineOfStatusIsReadInKibibytes() {
    List<String> status = List.of("Name:\tjava", "VmRSS:\t  123456 kB", "RssAnon:\t 99 kB");

    assertThat(ProcessFigures.kibibytes(status, "VmRSS")).isEqualTo(123_456);
  }

  @Test
  void aLineThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ProcessFigures.kibibytes(List.of("Name:\tjava"), "VmRSS"))
        .hasMessageContaining("VmRSS");
  }

  @Test
  void theFlagsStandBetweenTheProgramAndTheJar() {
    assertThat(ProcessFigures.jvmFlags("java\0-XX:+A\0-Db=c d\0-jar\0x.jar\0serve\0"))
        .containsExactly("-XX:+A", "-Db=c d");
  }
}
