package dev.tenfold.stress.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tenfold.stress.pool.Things.Thing;
import dev.tenfold.toolkit.pool.ObjectPool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A pool that is closed keeps nothing, and discards each thing once. */
public final class Close {
  private Close() {}

  /** While a thing comes back. */
  @JCStressTest
  @Description("One returns a thing, another closes the pool.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "It is discarded, once.")
  @State
  public static class WhileReturned {
    private final Things things = new Things();
    private final ObjectPool<Thing> pool = things.pool().build();
    private final Thing thing = pool.get();

    /** Returns. */
    @Actor
    public void returner() {
      pool.put(thing);
    }

    /** Closes. */
    @Actor
    public void closer() {
      pool.close();
    }

    /** Counts. */
    @Arbiter
    public void after(II_Result result) {
      result.r1 = pool.stats().idle();
      result.r2 = things.discarded();
    }
  }

  /** While an idle thing is taken, or refused. */
  @JCStressTest
  @Description("One takes and returns a thing, another closes the pool.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The idle one is discarded, once.")
  @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "It was discarded, then a new one was made.")
  @State
  public static class WhileTaken {
    private final Things things = new Things();
    private final ObjectPool<Thing> pool = Things.filled(things.pool().build(), 1);

    /** Takes and returns. */
    @Actor
    public void taker() {
      try {
        pool.put(pool.get());
      } catch (IllegalStateException closed) {
        // nothing was taken
      }
    }

    /** Closes. */
    @Actor
    public void closer() {
      pool.close();
    }

    /** Counts. */
    @Arbiter
    public void after(II_Result result) {
      result.r1 = pool.stats().idle();
      result.r2 = things.discarded();
    }
  }
}
