package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextFormTest {
  private static final Instant AT = Instant.EPOCH;

  @Test
  void aHeapProfileHasItsSumsAndItsStacksAsGoHasThem() {
    Profile heap =
        Profile.heap(
            AT,
            524_288,
            Map.of(
                sample("small", "[B"), new long[] {10, 1000, 1, 100},
                sample("large", "a.B"), new long[] {2, 400, 2, 400}));
    assertThat(TextForm.of("heap", heap))
        .startsWith(
            """
            heap profile: 3: 500 [12: 1400] @ heap/524288
            2: 400 [2: 400] @
            # class: a.B
            #\tlarge\tB.java:12
            #\ta.B.run\tB.java
            1: 100 [10: 1000] @
            # class: [B
            #\tsmall\tB.java:12
            """)
        .contains("\n# HeapUsed = ", "\n# HeapMax = ", " collections, ");
  }

  @Test
  void theLargestOfATypeThatIsShownFirstComesFirst() {
    Profile allocations =
        Profile.allocations(
            AT,
            1,
            Map.of(
                sample("held", ""), new long[] {1, 1, 1, 1},
                sample("dropped", ""), new long[] {9, 9, 0, 0}));
    assertThat(TextForm.of("allocs", allocations))
        .contains("# in use: as the last request for heap found it\n")
        .containsSubsequence("dropped", "held");
  }

  @Test
  void aTextThatGrowsTooLongSaysHowMuchIsMissing() {
    String name = "f".repeat(1 << 20);
    Map<Sample, long[]> samples = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      samples.put(sample(name + i, ""), new long[] {1});
    }
    assertThat(TextForm.of("goroutine", Profile.threads(AT, samples))).endsWith("\n# and 8 more\n");
  }

  @Test
  void aDifferenceIsLaterLessEarlier() {
    Profile earlier = threads(Duration.ZERO, Map.of("a", 5L, "b", 7L, "gone", 3L));
    Profile later = threads(Duration.ofSeconds(9), Map.of("a", 6L, "b", 7L, "new", 2L));
    Profile difference = later.since(earlier);
    assertThat(difference.start()).isEqualTo(AT);
    assertThat(difference.length()).isEqualTo(Duration.ofSeconds(9));
    assertThat(difference.samples()).hasSize(3);
    assertThat(difference.samples().get(sample("a", ""))).containsExactly(1);
    assertThat(difference.samples().get(sample("gone", ""))).containsExactly(-3);
    assertThat(difference.samples().get(sample("new", ""))).containsExactly(2);
    assertThat(earlier.samples().get(sample("a", ""))).containsExactly(5);
  }

  private static Profile threads(Duration after, Map<String, Long> counts) {
    Map<Sample, long[]> samples = new HashMap<>();
    counts.forEach((name, count) -> samples.put(sample(name, ""), new long[] {count}));
    return Profile.threads(AT.plus(after), samples);
  }

  private static Sample sample(String function, String label) {
    Frame caller = new Frame("a.B.run", "B.java", 0);
    return new Sample(new Stack(List.of(new Frame(function, "B.java", 12), caller)), label);
  }
}
