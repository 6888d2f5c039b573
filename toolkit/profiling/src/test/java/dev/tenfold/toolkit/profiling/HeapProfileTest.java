package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeapProfileTest {
  private static final long MIB = 1 << 20;
  private static final String HOLD = ".HeapProfileTest.hold";
  private static final String DROP = ".HeapProfileTest.drop";

  private final List<Object> held = new ArrayList<>();
  private volatile Object dropped = held;
  private final Profiling profiling = Profiling.open();

  @BeforeEach
  void untilItSamples() throws Exception {
    Profilings.read(profiling, "heap", "");
  }

  @AfterEach
  void close() {
    profiling.close();
  }

  @Test
  void whatIsHeldLeadsWhatIsInUseAndWhatIsDroppedDoesNot() throws Exception {
    hold(64 * MIB, 10_000);
    drop(512 * MIB, 10_000);

    PprofReader heap = Profilings.read(profiling, "heap", "");
    assertThat(heap.types)
        .containsExactly(
            "alloc_objects/count", "alloc_space/bytes", "inuse_objects/count", "inuse_space/bytes");
    assertThat(heap.defaultType).isEqualTo("inuse_space");
    assertThat(heap.periodType).isEqualTo("space/bytes");
    assertThat(heap.period).isEqualTo(524_288);
    assertThat(heap.leader("inuse_space")).endsWith(HOLD);
    assertThat(heap.leader("alloc_space")).endsWith(DROP);
    assertThat(heap.flat("inuse_space", HOLD)).isCloseTo(64 * MIB, within(32 * MIB));
    assertThat(heap.flat("inuse_space", DROP)).isLessThan(4 * MIB);
    assertThat(heap.flat("alloc_space", DROP)).isCloseTo(512 * MIB, within(128 * MIB));
    assertThat(heap.flat("alloc_objects", DROP)).isCloseTo(53_700, within(14_000L));
    assertThat(heap.rows).anyMatch(row -> "[B".equals(row.labels().get("class")));
  }

  @Test
  void smallObjectsAreFoundAsWellAsLargeOnes() throws Exception {
    hold(48 * MIB, 100);
    PprofReader heap = Profilings.read(profiling, "heap", "");
    assertThat(heap.flat("inuse_space", HOLD)).isCloseTo(48 * MIB, within(24 * MIB));
  }

  @Test
  void whatIsStillHeldIsThereTheNextTimeAndGoneOnceItIsDropped() throws Exception {
    hold(64 * MIB, 10_000);
    long first = Profilings.read(profiling, "heap", "").flat("inuse_space", HOLD);
    PprofReader again = Profilings.read(profiling, "heap", "");
    assertThat(again.flat("inuse_space", HOLD)).isGreaterThan(first / 2);
    assertThat(again.flat("alloc_space", HOLD)).isGreaterThan(32 * MIB);

    held.clear();
    PprofReader after = Profilings.read(profiling, "heap", "");
    assertThat(after.flat("inuse_space", HOLD)).isLessThan(8 * MIB);
    assertThat(after.flat("alloc_space", HOLD)).isGreaterThan(32 * MIB);
  }

  @Test
  void aCpuProfileDoesNotLoseWhatIsAllocatedMeanwhile() throws Exception {
    hold(32 * MIB, 10_000);
    CompletableFuture<ProfilingResponse> cpu =
        profiling.respond(Profiling.PATH + "profile", "seconds=1");
    while (!cpu.isDone()) {
      drop(MIB, 10_000);
    }
    hold(32 * MIB, 10_000);

    PprofReader heap = Profilings.read(profiling, "heap", "");
    assertThat(heap.flat("inuse_space", HOLD)).isCloseTo(64 * MIB, within(32 * MIB));
    assertThat(heap.flat("alloc_space", DROP)).isPositive();
  }

  @Test
  void allocsHasWhatWasAllocatedFirstAndCollectsNothing() throws Exception {
    hold(64 * MIB, 10_000);
    Profilings.read(profiling, "heap", "gc=1");
    drop(512 * MIB, 10_000);

    long before = wholeCollections();
    PprofReader first = Profilings.read(profiling, "allocs", "");
    PprofReader again = Profilings.read(profiling, "allocs", "");
    assertThat(wholeCollections()).isEqualTo(before);

    assertThat(first.types)
        .containsExactly(
            "alloc_objects/count", "alloc_space/bytes", "inuse_objects/count", "inuse_space/bytes");
    assertThat(first.defaultType).isEqualTo("alloc_space");
    assertThat(first.comments).containsExactly("in use: as the last request for heap found it");
    assertThat(first.leader("alloc_space")).endsWith(DROP);
    assertThat(first.flat("alloc_space", DROP)).isCloseTo(512 * MIB, within(128 * MIB));
    assertThat(again.flat("alloc_space", DROP)).isEqualTo(first.flat("alloc_space", DROP));
    assertThat(first.flat("inuse_space", HOLD)).isCloseTo(64 * MIB, within(32 * MIB));

    PprofReader heap = Profilings.read(profiling, "heap", "");
    assertThat(wholeCollections()).isEqualTo(before + 1);
    assertThat(heap.flat("alloc_space", DROP)).isEqualTo(first.flat("alloc_space", DROP));
    assertThat(heap.flat("inuse_space", HOLD)).isCloseTo(64 * MIB, within(32 * MIB));
  }

  @Test
  void aDifferenceHasOnlyWhatWasAllocatedMeanwhile() throws Exception {
    drop(512 * MIB, 10_000);
    CompletableFuture<ProfilingResponse> difference =
        profiling.respond(Profiling.PATH + "heap", "seconds=1");
    Profilings.awaitThread("tenfold-profiling-difference", Thread.State.TIMED_WAITING);
    hold(64 * MIB, 10_000);

    PprofReader heap = PprofReader.read(difference.get().body());
    assertThat(heap.defaultType).isEqualTo("inuse_space");
    assertThat(heap.durationNanos).isGreaterThanOrEqualTo(1_000_000_000);
    assertThat(heap.flat("alloc_space", DROP)).isZero();
    assertThat(heap.flat("alloc_space", HOLD)).isCloseTo(64 * MIB, within(32 * MIB));
    assertThat(heap.flat("inuse_space", HOLD)).isCloseTo(64 * MIB, within(32 * MIB));
  }

  @Test
  void debug1IsATextWithTheLargestFirst() throws Exception {
    hold(64 * MIB, 10_000);
    assertThat(Profilings.text(profiling, "heap", "debug=1"))
        .startsWith("heap profile: ")
        .contains("# class: [B\n#\t" + getClass().getName() + ".hold\t");
    assertThat(Profilings.text(profiling, "allocs", "debug=1")).startsWith("heap profile: ");
  }

  @Test
  void aSecondOneInTheSameProcessSaysThatTheHeapIsTaken() throws Exception {
    try (Profiling second = Profiling.open()) {
      assertThat(Profilings.get(second, "heap", "").status()).isEqualTo(501);
      assertThat(Profilings.get(second, "goroutine", "").status()).isEqualTo(200);
    }
    assertThat(Profilings.get(profiling, "heap", "").status()).isEqualTo(200);
  }

  private static long wholeCollections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(gc -> gc.getName().matches("G1 Old Generation|MarkSweepCompact"))
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private void hold(long bytes, int size) {
    for (long i = 0; i < bytes / size; i++) {
      held.add(new byte[size]);
    }
  }

  private void drop(long bytes, int size) {
    for (long i = 0; i < bytes / size; i++) {
      dropped = new byte[size];
    }
    assertThat(dropped).isNotNull(); // read once, or the compiler might not make them at all
    dropped = held;
  }
}
