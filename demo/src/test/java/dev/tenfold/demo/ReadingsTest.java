package dev.tenfold.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingsTest {
  @TempDir Path folder;

  @Test
  void processorTimeIsUserAndSystemWhateverTheNameIs() {
    assertThat(Readings.cpuNanos("7 (a ) b) S 1 2 3 4 5 6 7 8 9 10 120 30 1 1 20 0"))
        .isEqualTo(1_500_000_000L);
  }

  @Test
  void residentMemoryIsReadInBytes() {
    assertThat(Readings.residentBytes(List.of("Name:\tjava", "VmRSS:\t   2048 kB")))
        .hasValue(2048L * 1024);
    assertThat(Readings.residentBytes(List.of("Name:\tjava"))).isEmpty();
  }

  @Test
  void aProcessThatIsNotThereHasNoFigures() {
    assertThat(Readings.cpuNanos(-1)).isEmpty();
    assertThat(Readings.residentBytes(-1)).isEmpty();
  }

  @Test
  void pausesAreReadFromTheLogAfterThoseThatAreKnown() throws Exception {
    Path log = folder.resolve("gc.log");
    Files.writeString(
        log,
        """
        [0.005s] Using G1
        [0.801s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->5M(64M) 13.456ms
        [0.901s] GC(1) Concurrent Mark Cycle
        [0.951s] GC(1) Pause Remark 30M->30M(64M) 2.100ms
        """);

    GcLog all = GcLog.read(log, GcLog.NONE);

    assertThat(all).isEqualTo(new GcLog(2, 13.456));
    assertThat(GcLog.read(log, new GcLog(1, 13.456))).isEqualTo(new GcLog(1, 2.1));
    assertThat(GcLog.read(log, all)).isEqualTo(GcLog.NONE);
  }
}
