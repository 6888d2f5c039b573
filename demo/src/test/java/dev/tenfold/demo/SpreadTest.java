package dev.tenfold.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static Spread of(Double... rounds) {
    return new Spread(List.of(rounds));
  }

  @Test
  void theMedianIsTheOneInTheMiddleOrBetweenTwo() {
    assertThat(of(9.0, 1.0, 2.0).median()).isEqualTo(2);
    assertThat(of(9.0, 1.0, 2.0, 4.0).median()).isEqualTo(3);
    assertThat(of(9.0, 1.0, 2.0).min()).isEqualTo(1);
    assertThat(of(9.0, 1.0, 2.0).max()).isEqualTo(9);
  }

  @Test
  void rangesThatDoNotOverlapDiffer() {
    assertThat(of(1.0, 2.0, 3.0).differsFrom(of(3.1, 5.0, 4.0))).isTrue();
    assertThat(of(3.1, 5.0, 4.0).differsFrom(of(1.0, 2.0, 3.0))).isTrue();
  }

  @Test
  void rangesThatOverlapDoNotHoweverFarTheirMediansAreApart() {
    assertThat(of(1.0, 1.0, 50.0).differsFrom(of(40.0, 90.0, 90.0))).isFalse();
    assertThat(of(40.0, 90.0, 90.0).differsFrom(of(1.0, 1.0, 50.0))).isFalse();
    assertThat(of(1.0, 2.0, 3.0).differsFrom(of(3.0, 4.0, 5.0))).isFalse();
  }

  @Test
  void fewerThanThreeRoundsTellNothing() {
    assertThat(of(1.0, 1.0).differsFrom(of(9.0, 9.0, 9.0))).isFalse();
    assertThat(of(9.0, 9.0, 9.0).differsFrom(of(1.0, 1.0))).isFalse();
    assertThat(new Spread(List.of()).differsFrom(of(1.0, 1.0, 1.0))).isFalse();
  }

  @Test
  void chanceCountsTheOrdersOfAllRounds() {
    assertThat(Spread.chance(1)).isEqualTo(1);
    assertThat(Spread.chance(3)).isEqualTo(10); // 6! / (3! 3!) / 2
    assertThat(Spread.chance(4)).isEqualTo(35);
    assertThat(Spread.chance(20)).isEqualTo(68_923_264_410L);
  }
}
