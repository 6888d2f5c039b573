package dev.tenfold.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyPickerTest {
  private static final int DRAWS = 1_000_000;

  private static double[] shares(Keys keys) {
    KeyPicker picker = KeyPicker.of(keys);
    SplittableRandom random = new SplittableRandom(42);
    double[] shares = new double[keys.count()];
    for (int i = 0; i < DRAWS; i++) {
      shares[picker.next(random)] += 1.0 / DRAWS;
    }
    return shares;
  }

  @Test
  void uniformKeysComeEquallyOften() {
    for (double share : shares(new Keys.Uniform(100))) {
      assertThat(share).isCloseTo(0.01, within(0.0006));
    }
  }

  @Test
  void zipfKeysComeAsOftenAsTheirRankSays() {
    double[] shares = shares(new Keys.Zipf(1000, 1.0));
    double harmonic = 0;
    for (int key = 1; key <= 1000; key++) {
      harmonic += 1.0 / key;
    }

    for (int key : new int[] {0, 1, 2, 9, 99}) {
      double expected = 1 / harmonic / (key + 1);
      assertThat(shares[key]).isCloseTo(expected, within(5 * Math.sqrt(expected / DRAWS)));
    }
    assertThat(shares[999]).isPositive();
  }

  @Test
  void aGreaterExponentMakesFewerKeysBusier() {
    assertThat(shares(new Keys.Zipf(1000, 2.0))[0])
        .isGreaterThan(3 * shares(new Keys.Zipf(1000, 1.0))[0]);
  }

  @Test
  void weightsAreDrawnAsOftenAsTheySay() {
    Weights weights = new Weights(new int[] {1, 0, 3});
    SplittableRandom random = new SplittableRandom(42);
    double[] shares = new double[3];
    for (int i = 0; i < DRAWS; i++) {
      shares[weights.next(random)] += 1.0 / DRAWS;
    }

    assertThat(shares[0]).isCloseTo(0.25, within(0.003));
    assertThat(shares[1]).isZero();
    assertThat(shares[2]).isCloseTo(0.75, within(0.003));
  }
}
