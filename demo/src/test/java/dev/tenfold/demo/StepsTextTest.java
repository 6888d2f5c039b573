package dev.tenfold.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepsTextTest {
  private static String lineOf(String text, String start) {
    return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  /** What is said to have come of a step, in one line. */
  private static String broughtBy(String name, String text) {
    String after = text.substring(text.indexOf("what " + name + " changes"));
    String brought = after.substring(after.indexOf("-> ") + 3);
    int next = brought.indexOf("\n  +");
    int gap = brought.indexOf("\n\n");
    return brought.substring(0, next < 0 ? gap : Math.min(next, gap)).replaceAll("\\s+", " ");
  }

  @Test
  void eachStepIsALineWithTheMediansOfItsRounds() {
    String text = SampleSteps.result().text();

    assertThat(lineOf(text, " "))
        .containsSubsequence(
            "p50", "p99", "throughput", "CPU/req", "memory", "heap/req", "GC pause", "calls/req");
    assertThat(lineOf(text, "naive").split(" {2,}"))
        .containsExactly(
            "naive", "103 ms", "103 ms", "1,030/s", "0.28 ms", "378 MiB", "278 KiB", "1.50 ms",
            "0.25");
    assertThat(lineOf(text, "+ cache")).contains(" 0.95 ms", "10,172/s");
  }

  @Test
  void noLineIsWiderThanATerminal() {
    assertThat(SampleSteps.result().text().lines())
        .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void onlyWhatLiesOutsideTheRangeOfTheLineBeforeIsCalledADifference() {
    String text = SampleSteps.result().text();

    assertThat(broughtBy("+ object pool", text))
        .isEqualTo(
            "CPU a request 0.28 ms to 0.16 ms, memory 378 MiB to 256 MiB, heap a request 278 KiB to"
                + " 156 KiB; no difference in the rest");
    assertThat(broughtBy("+ cache", text)).startsWith("latency p50 102 ms to 0.95 ms");
  }

  @Test
  void whatIsShownAsTheSameIsNoDifference() {
    Measured before = alike(102.3);
    Measured line = alike(101.9);

    assertThat(line.spread(Figure.P50).differsFrom(before.spread(Figure.P50))).isTrue();
    assertThat(line.differs(Figure.P50, before)).isFalse();
  }

  private static Measured alike(double latencyMillis) {
    Reading round = SampleSteps.reading(latencyMillis, 900, 50, 0);
    return new Measured("a", "b", true, Collections.nCopies(4, round));
  }

  @Test
  void aStepThatBringsNothingIsSaidToBringNothing() {
    String text =
        SampleSteps.result(
                4, SampleSteps.line("a", 100, 900, 50), SampleSteps.line("b", 100, 900, 50))
            .text();

    assertThat(broughtBy("b", text)).isEqualTo("no difference");
    assertThat(text).contains("one comparison of 35");
  }

  @Test
  void whatDoesOtherWorkIsNotCompared() {
    assertThat(broughtBy("the gateway", SampleSteps.result().text()))
        .isEqualTo("for comparison only");
  }

  @Test
  void twoRoundsAreTooFewToTell() {
    Measured one = SampleSteps.line("a", 100, 900, 50);
    Measured two = SampleSteps.line("b", 1, 9_000, 5);
    String text =
        SampleSteps.result(
                2,
                new Measured("a", "what a changes", true, one.rounds().subList(0, 2)),
                new Measured("b", "what b changes", true, two.rounds().subList(0, 2)))
            .text();

    assertThat(broughtBy("b", text)).isEqualTo("too few rounds to tell");
  }

  @Test
  void aStepThatDidNotAnswerEverythingIsNamed() {
    Measured bad =
        new Measured(
            "naive", "", true, Collections.nCopies(3, SampleSteps.reading(100, 900, 50, 7)));

    assertThat(SampleSteps.result(3, bad).text())
        .contains("WARNING: \"naive\" did not answer everything in 3 of 3 rounds", "{HTTP 500=7}");
    assertThat(SampleSteps.result().text()).doesNotContain("WARNING");
  }

  @Test
  void aBurstInWhichNothingWasAnsweredIsNamed() {
    Measured slow =
        new Measured("naive", "", true, Collections.nCopies(3, SampleSteps.reading(100, 0, 50, 0)));

    assertThat(SampleSteps.result(3, slow).text())
        .contains("WARNING: \"naive\" answered nothing that was sent within the burst in 3 of 3");
  }

  @Test
  void eachRoundBeginsWithAnotherLineAndHasEachOnce() {
    for (int round = 0; round < 8; round++) {
      int begun = round;
      assertThat(IntStream.range(0, 8).map(turn -> Steps.placeOf(begun, turn, 8)))
          .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    }
    assertThat(List.of(0, 1, 2, 3).stream().map(round -> Steps.placeOf(round, 0, 8)))
        .doesNotHaveDuplicates();
  }
}
