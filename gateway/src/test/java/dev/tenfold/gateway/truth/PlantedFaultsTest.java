package dev.tenfold.gateway.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test of the truth test: with any of these faults planted, it finds a wrong answer. */
@Timeout(180)
class PlantedFaultsTest {
  private static final int MOST_CALLS = 10_000;
  private static final int SEEDS = 6;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedFaultIsFound(Fault fault) {
    List<String> found = new ArrayList<>();
    for (long seed = 1; found.isEmpty() && seed <= SEEDS; seed++) {
      String wrong = new World(Setting.ONE_NODE, seed, fault).run(MOST_CALLS).firstWrong();
      if (wrong != null) {
        found.add(wrong);
      }
    }

    assertThat(found).as("what %s led to", fault).hasSize(1);
  }
}
