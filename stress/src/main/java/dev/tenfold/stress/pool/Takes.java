package dev.tenfold.stress.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tenfold.stress.pool.Things.Thing;
import dev.tenfold.toolkit.pool.ObjectPool;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Who takes has the thing to himself, and sees what its last owner wrote. */
public final class Takes {
  private Takes() {}

  /** One is idle. */
  @JCStressTest
  @Description("Two threads take, and one thing is idle.")
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The second has a new one.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The first has a new one.")
  @State
  public static class OneIdle {
    private final ObjectPool<Thing> pool = Things.filled(new Things().pool().build(), 1);

    /** Takes. */
    @Actor
    public void first(II_Result result) {
      result.r1 = pool.get().number;
    }

    /** Takes. */
    @Actor
    public void second(II_Result result) {
      result.r2 = pool.get().number;
    }
  }

  /** The head of a stack is the same again, but what is beneath it is not. */
  @JCStressTest
  @Description("One takes, while another takes two and returns the upper one.")
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "Each thing has one owner.")
  @State
  public static class SameHeadAgain {
    private final ObjectPool<Thing> pool = Things.filled(new Things().pool().build(), 3);
    private int mine;
    private int kept;

    /** Takes one. */
    @Actor
    public void taker() {
      mine = pool.get().number;
    }

    /** Takes two and returns the first. */
    @Actor
    public void returner() {
      Thing upper = pool.get();
      kept = pool.get().number;
      pool.put(upper);
    }

    /** Takes what is left. */
    @Arbiter
    public void after(Z_Result result) {
      int next = pool.get().number;
      int last = pool.get().number;
      long owners = (1L << mine) | (1L << kept) | (1L << next) | (1L << last);
      result.r1 = Long.bitCount(owners) == 4;
    }
  }

  /** What is written before a return. */
  @JCStressTest
  @Description("One writes and returns, another takes and reads.")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "It has the thing, and sees what was written.")
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "It has a new thing.")
  @State
  public static class WrittenBefore {
    private final ObjectPool<Thing> pool = new Things().pool().build();
    private final Thing thing = pool.get();

    /** Writes and returns. */
    @Actor
    public void writer() {
      thing.written = 1;
      pool.put(thing);
    }

    /** Takes and reads. */
    @Actor
    public void reader(I_Result result) {
      Thing taken = pool.get();
      result.r1 = taken.number == 1 ? taken.written : -1;
    }
  }

  /** Nobody needed it, until now. */
  @JCStressTest
  @Description("One takes, while another trims what nobody needed.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It was taken.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "It was trimmed, and a new one taken.")
  @State
  public static class Trim {
    private final AtomicLong now = new AtomicLong();
    private final ObjectPool<Thing> pool =
        Things.filled(
            new Things().pool().idleTime(Duration.ofNanos(1)).ticker(now::get).build(), 1);

    /** Lets an interval begin, and end. */
    public Trim() {
      now.incrementAndGet();
      pool.trim();
      now.incrementAndGet();
    }

    /** Takes. */
    @Actor
    public void taker(II_Result result) {
      result.r1 = pool.get().number;
    }

    /** Trims. */
    @Actor
    public void trimmer(II_Result result) {
      result.r2 = pool.trim();
    }
  }
}
