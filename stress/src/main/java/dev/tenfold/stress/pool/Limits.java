package dev.tenfold.stress.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tenfold.stress.pool.Things.Thing;
import dev.tenfold.toolkit.pool.ObjectPool;
import dev.tenfold.toolkit.pool.PoolExhaustedException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * There are never more things than {@code maxTotal}. They are kept until the end: one that is
 * dropped counts no more as soon as the collector has it.
 */
public final class Limits {
  private Limits() {}

  private static @Nullable Thing taken(ObjectPool<Thing> pool) {
    try {
      return pool.get();
    } catch (PoolExhaustedException refused) {
      return null;
    }
  }

  private static int number(@Nullable Thing thing) {
    return thing == null ? 0 : thing.number;
  }

  /** One for two. */
  @JCStressTest
  @Description("Two threads take, and there may be one thing.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The second was refused.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The first was refused.")
  @State
  public static class OneForTwo {
    private final ObjectPool<Thing> pool = new Things().pool().maxTotal(1).build();
    private @Nullable Thing ofFirst;
    private @Nullable Thing ofSecond;

    /** Takes. */
    @Actor
    public void first(II_Result result) {
      ofFirst = taken(pool);
      result.r1 = number(ofFirst);
    }

    /** Takes. */
    @Actor
    public void second(II_Result result) {
      ofSecond = taken(pool);
      result.r2 = number(ofSecond);
    }
  }

  /** One that is returned, and is not to be overlooked. */
  @JCStressTest
  @Description("One returns a thing and takes one, another takes one; there may be two.")
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The other has the second.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The other has the first.")
  @State
  public static class TwoForTwo {
    private final ObjectPool<Thing> pool = new Things().pool().maxTotal(2).build();
    private final Thing thing = pool.get();
    private @Nullable Thing ofFirst;
    private @Nullable Thing ofSecond;

    /** Returns and takes. */
    @Actor
    public void first(II_Result result) {
      pool.put(thing);
      ofFirst = taken(pool);
      result.r1 = number(ofFirst);
    }

    /** Takes. */
    @Actor
    public void second(II_Result result) {
      ofSecond = taken(pool);
      result.r2 = number(ofSecond);
    }
  }
}
