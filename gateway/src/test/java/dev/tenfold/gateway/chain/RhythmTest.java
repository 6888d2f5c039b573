package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RhythmTest {
  private final Rhythm rhythm = new Rhythm();

  private static long millis(int millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  private static List<BlockHeader> stamped(int blocks, double seconds) {
    List<BlockHeader> chain = new ArrayList<>();
    for (BlockHeader block : Blocks.chain(0, blocks - 1)) {
      chain.add(
          new BlockHeader(
              block.number(),
              block.hash(),
              block.parent(),
              (long) (1_000 + block.number() * seconds),
              0,
              0,
              block.bloom()));
    }
    return chain;
  }

  @Test
  void whileTheIntervalIsNotKnownTheHeadIsAskedForTwiceASecond() {
    rhythm.arrived(Window.of(stamped(1, 12)), 0);

    assertThat(rhythm.delay(0)).isEqualTo(Rhythm.UNSURE);
    assertThat(rhythm.delay(millis(60_000))).isEqualTo(Rhythm.UNSURE);
  }

  @Test
  void theQuestionsAreSparseAfterABlockAndDenseWhereTheNextIsDue() {
    rhythm.arrived(Window.of(stamped(100, 12)), 0);

    assertThat(rhythm.delay(0)).isEqualTo(Rhythm.SPARSE);
    assertThat(rhythm.delay(millis(8_000))).isEqualTo(Rhythm.SPARSE);
    assertThat(rhythm.delay(millis(9_100))).isEqualTo(Duration.ofMillis(500));
    assertThat(rhythm.delay(millis(9_600))).isEqualTo(Rhythm.DENSE);
    assertThat(rhythm.delay(millis(23_900))).isEqualTo(Rhythm.DENSE);
    assertThat(rhythm.delay(millis(24_000))).isEqualTo(Rhythm.SPARSE);
    assertThat(rhythm.delay(millis(500_000))).isEqualTo(Rhythm.SPARSE);
  }

  @Test
  void aFastChainIsAskedFourTimesASecondAtMost() {
    rhythm.arrived(Window.of(stamped(100, 0.25)), 0);

    assertThat(rhythm.intervalNanos()).isCloseTo(0.25e9, Offset.offset(1e7));
    assertThat(rhythm.delay(0)).isEqualTo(Rhythm.DENSE);
    assertThat(rhythm.delay(millis(300))).isEqualTo(Rhythm.DENSE);
  }

  @Test
  void theIntervalIsThatOfTheNewestBlocks() {
    List<BlockHeader> chain = stamped(100, 12);
    rhythm.arrived(Window.of(chain.subList(95, 98)), 0);
    assertThat(rhythm.intervalNanos()).isZero();
    rhythm.learn(Window.of(chain.subList(0, 98)));

    assertThat(rhythm.intervalNanos()).isCloseTo(12e9, Offset.offset(1e6));
  }

  @Test
  void whereTimeStampsStandStillTheArrivalsCount() {
    List<BlockHeader> chain = stamped(100, 0);
    for (int i = 0; i < 20; i++) {
      rhythm.arrived(Window.of(chain.subList(0, 50 + i)), millis(2_000 * i));
    }

    assertThat(rhythm.intervalNanos()).isCloseTo(2e9, Offset.offset(1e6));
  }

  @Test
  void whereBlocksComeMuchFasterThanTheirTimeStampsTheArrivalsCount() {
    List<BlockHeader> chain = stamped(100, 12);
    for (int i = 0; i < 30; i++) {
      rhythm.arrived(Window.of(chain.subList(0, 50 + i)), millis(1_000 * i));
    }

    assertThat(rhythm.intervalNanos()).isCloseTo(1e9, Offset.offset(1e7));
  }

  @Test
  void severalBlocksAtOnceSayNothingOfTheInterval() {
    List<BlockHeader> chain = stamped(100, 12);
    for (int i = 0; i < 10; i++) {
      rhythm.arrived(Window.of(chain.subList(0, 50 + 5 * i)), millis(100 * i));
    }

    assertThat(rhythm.intervalNanos()).isCloseTo(12e9, Offset.offset(1e6));
  }
}
