package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(3, 2, 1, 9));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(4, 3, 1, 9));
  }

  @Test
  void theWidthIsTheDistanceOfTheEndsAsAShareOfTheMedian() {
    assertThat(Spread.of(List.of(1.0, 2.0, 4.0)).width()).isEqualTo(1.5);
  }

  @Test
  void theCellsSayHowOftenAndHowFar() {
    assertThat(Spread.of(List.of(1000.0, 2000.0, 4000.0)).cells(1))
        .isEqualTo("3 | 2,000.0 | 1,000.0 | 4,000.0 | 150%");
  }

  @Test
  void noValuesHaveNoSpread() {
    assertThatThrownBy(() -> Spread.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }
}
