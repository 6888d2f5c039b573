package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {
  @Test
  void theMedianIsTheMiddleAndTheQuartilesAreTheMiddlesOfTheHalves() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0, 4.0, 3.0))).isEqualTo(new Spread(5, 3, 2, 4, 1, 9));
  }

  @Test
  void whatFallsBetweenTwoValuesIsTakenFromBoth() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0)))
        .isEqualTo(new Spread(4, 3, 1.75, 5.25, 1, 9));
  }

  @Test
  void aSingleValueHasNoWidth() {
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(1, 7, 7, 7, 7, 7));
  }

  @Test
  void theCellsSayHowOftenAndHowFar() {
    assertThat(Spread.of(List.of(1000.0, 2000.0, 5000.0)).cells(1))
        .isEqualTo("3 | 2,000.0 | 1,500.0 to 3,500.0 | 1,000.0 | 5,000.0");
  }

  @Test
  void noValuesHaveNoSpread() {
    assertThatThrownBy(() -> Spread.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }
}
