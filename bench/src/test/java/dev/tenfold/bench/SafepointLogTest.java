package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tenfold.bench.SafepointLog.Stop;
import dev.tenfold.bench.SafepointLog.Stops;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafepointLogTest {
  private static final String LINE =
      "[1.522s] Safepoint \"G1CollectForAllocation\", Time since last: 1432108850 ns, Reaching"
          + " safepoint: 91496 ns, At safepoint: 20658771 ns, Leaving safepoint: 5034932 ns, Total:"
          + " 25785199 ns, Threads: 1 runnable, 10 total";

  @Test
  void aStopIsAsLongAsItsTotalSays() {
    assertThat(SafepointLog.of(List.of(LINE)))
        .containsExactly(new Stop("G1CollectForAllocation", 25.785199));
  }

  @Test
  void otherLinesArePassedOver() {
    assertThat(SafepointLog.of(List.of("[0.1s][info] Using G1", LINE, ""))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G1CollectForAllocation",
        "G1TryInitiateConcMark",
        "SerialCollectForAllocation",
        "ParallelGCCollect",
        "ZMarkEndYoung",
        "ZRelocateStartOld",
        "CollectForMetadataAllocation"
      })
  void whatACollectorDoesIsACollection(String operation) {
    assertThat(new Stop(operation, 1).isCollection()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Cleanup", "ICBufferFull", "CleanClassLoaderDataMetaspaces", "PrintThreads"})
  void whatTheJvmDoesBesideIsNone(String operation) {
    assertThat(new Stop(operation, 1).isCollection()).isFalse();
  }

  @Test
  void ofAHundredStopsTheNinetyNinthIsTheP99() {
    List<Stop> stops =
        IntStream.rangeClosed(1, 100).mapToObj(millis -> new Stop("Cleanup", millis)).toList();

    assertThat(Stops.of(stops)).isEqualTo(new Stops(100, 99, 100));
  }

  @Test
  void withoutStopsNoneIsLong() {
    assertThat(Stops.of(List.of()).longestMillis()).isCloseTo(0, within(0.0));
  }
}
