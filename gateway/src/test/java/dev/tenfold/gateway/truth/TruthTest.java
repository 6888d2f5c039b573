package dev.tenfold.gateway.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.truth.Oracle.Verdict;
import dev.tenfold.gateway.truth.Query.Kind;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten thousand calls and more over every method whose answers are kept, while the chain grows,
 * reorganises, is rewound and reset, nodes lag and part, and the network is late: none is answered
 * with what the caller's chain does not say. A run that fails prints its seed, and can be run
 * again, step by step the same.
 */
@Timeout(180)
class TruthTest {
  private static final int CALLS = 2_500;
  private static final List<Long> SEEDS = List.of(20_260_401L);

  /** With {@code -Dtruth.seed=N} another seed in place of those of the build. */
  private static final Long MORE = Long.getLong("truth.seed");

  static Stream<Arguments> runs() {
    Stream<Long> seeds = MORE == null ? SEEDS.stream() : Stream.of(MORE);
    return seeds.flatMap(
        seed -> Setting.all().stream().map(setting -> Arguments.of(setting, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("runs")
  void noCallIsAnsweredWithWhatTheCallersChainDoesNotSay(Setting setting, long seed) {
    Score score = new World(setting, seed, Fault.NONE).run(CALLS);

    assertThat(score.firstWrong()).isNull();
    assertThat(score.of(Verdict.WRONG)).isZero();
    assertThat(score.calls()).isGreaterThanOrEqualTo(CALLS);
    assertThat(score.of(Verdict.NO_ANSWER)).as(score.toString()).isLessThan(CALLS / 15);
    assertThat(score.of(Verdict.PASSED_ON)).as(score.toString()).isLessThan(CALLS / 3);
    for (Kind kind : Kind.values()) {
      assertThat(score.hits(kind)).as("hits of %s: %s", kind, score).isPositive();
    }
    assertThat(score.hits()).as(score.toString()).isGreaterThan(CALLS / 6);
  }

  @Test
  void everyMethodIsAsked() {
    Score score = new World(Setting.ONE_NODE, 7, Fault.NONE).run(CALLS);

    TreeSet<String> all = new TreeSet<>();
    QueryTemplate.all().forEach(template -> all.add(template.method()));
    assertThat(score.methods()).isEqualTo(all);
  }

  @Test
  void theSameSeedMakesTheSameRun() {
    Score one = new World(Setting.TWO_FORKS, 11, Fault.NONE).run(300);
    Score again = new World(Setting.TWO_FORKS, 11, Fault.NONE).run(300);

    assertThat(again).hasToString(one.toString());
  }
}
