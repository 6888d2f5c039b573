package dev.tenfold.stress.cache;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Two read from an LRU of three entries; afterwards its list should have them all. */
public final class Readers {
  private static final long LIFE_NANOS = Duration.ofHours(1).toNanos();
  private static final int ENTRIES = 3;

  private Readers() {}

  private static void fill(ReferenceLru<Integer, Integer> lru) {
    for (int key = 0; key < ENTRIES; key++) {
      lru.set(key, key);
    }
  }

  /** The Go toolkit's: a read moves its entry to the front, and holds the read lock. */
  @JCStressTest
  @Description("Two read from the LRU as the reference has it.")
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "The list has all entries.")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The readers have spoilt the list: the race that the mended one does not have.")
  @State
  public static class AsWritten {
    private final ReferenceLru<Integer, Integer> lru =
        ReferenceLru.asWritten(ENTRIES, LIFE_NANOS, System::nanoTime);

    /** Filled. */
    public AsWritten() {
      fill(lru);
    }

    /** Reads one. */
    @Actor
    public void first() {
      lru.get(0);
    }

    /** Reads another. */
    @Actor
    public void second() {
      lru.get(1);
    }

    /** Counts. */
    @Arbiter
    public void count(Z_Result result) {
      result.r1 = lru.listed(ENTRIES) == ENTRIES;
    }
  }

  /** With one lock for all. */
  @JCStressTest
  @Description("Two read from the LRU with one lock for all.")
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "The list has all entries.")
  @State
  public static class Mended {
    private final ReferenceLru<Integer, Integer> lru =
        ReferenceLru.mended(ENTRIES, LIFE_NANOS, System::nanoTime);

    /** Filled. */
    public Mended() {
      fill(lru);
    }

    /** Reads one. */
    @Actor
    public void first() {
      lru.get(0);
    }

    /** Reads another. */
    @Actor
    public void second() {
      lru.get(1);
    }

    /** Counts. */
    @Arbiter
    public void count(Z_Result result) {
      result.r1 = lru.listed(ENTRIES) == ENTRIES;
    }
  }
}
