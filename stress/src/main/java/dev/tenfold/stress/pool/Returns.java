package dev.tenfold.stress.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.tenfold.stress.pool.Things.Thing;
import dev.tenfold.toolkit.pool.Lease;
import dev.tenfold.toolkit.pool.ObjectPool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Of several returns of one thing, one is accepted. */
public final class Returns {
  private Returns() {}

  private static boolean areTwo(ObjectPool<Thing> pool) {
    int one = pool.get().number;
    return one != pool.get().number;
  }

  /** By {@code put}. */
  @JCStressTest
  @Description("Two threads put the same thing; then two are taken.")
  @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The second was refused.")
  @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "The first was refused.")
  @State
  public static class TwoPuts {
    private final ObjectPool<Thing> pool = new Things().pool().build();
    private final Thing thing = pool.get();

    /** Returns. */
    @Actor
    public void first(ZZZ_Result result) {
      result.r1 = Things.returned(pool, thing);
    }

    /** Returns. */
    @Actor
    public void second(ZZZ_Result result) {
      result.r2 = Things.returned(pool, thing);
    }

    /** Takes two. */
    @Arbiter
    public void after(ZZZ_Result result) {
      result.r3 = areTwo(pool);
    }
  }

  /** By a lease. */
  @JCStressTest
  @Description("Two threads close the same lease; then two things are taken.")
  @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The second was refused.")
  @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "The first was refused.")
  @State
  public static class TwoCloses {
    private final ObjectPool<Thing> pool = new Things().pool().build();
    private final Lease<Thing> lease = pool.lease();

    /** Closes. */
    @Actor
    public void first(ZZZ_Result result) {
      result.r1 = Things.closed(lease);
    }

    /** Closes. */
    @Actor
    public void second(ZZZ_Result result) {
      result.r2 = Things.closed(lease);
    }

    /** Takes two. */
    @Arbiter
    public void after(ZZZ_Result result) {
      result.r3 = areTwo(pool);
    }
  }

  /** A lease that has ended, while the thing goes on to the next. */
  @JCStressTest
  @Description("One closes a lease of old, while another leases the same thing and returns it.")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The old one was refused.")
  @State
  public static class StaleClose {
    private final ObjectPool<Thing> pool = new Things().pool().build();
    private final Lease<Thing> stale = pool.lease();

    /** Ends the lease. */
    public StaleClose() {
      stale.close();
    }

    /** Closes it again. */
    @Actor
    public void late(ZZ_Result result) {
      result.r1 = Things.closed(stale);
    }

    /** Takes and returns. */
    @Actor
    public void current(ZZ_Result result) {
      result.r2 = Things.closed(pool.lease());
    }
  }

  /** One place, and two who want it. */
  @JCStressTest
  @Description("Two threads put a thing each, and there is room for one.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One is idle, and one discarded.")
  @State
  public static class OnePlace {
    private final Things things = new Things();
    private final ObjectPool<Thing> pool = things.pool().maxIdle(1).build();
    private final Thing one = pool.get();
    private final Thing other = pool.get();

    /** Returns. */
    @Actor
    public void first() {
      pool.put(one);
    }

    /** Returns. */
    @Actor
    public void second() {
      pool.put(other);
    }

    /** Counts. */
    @Arbiter
    public void after(II_Result result) {
      result.r1 = pool.stats().idle();
      result.r2 = things.discarded();
    }
  }
}
