package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.testkit.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ObjectPoolTest {

  private final List<Thing> discarded = new ArrayList<>();

  /** What is in use in a test: what is dropped is a leak. */
  private final List<Thing> held = new ArrayList<>();

  private ObjectPoolBuilder<Thing> things() {
    return ObjectPool.builder(Thing::new).name("things").onDiscard(discarded::add);
  }

  private static List<Thing> taken(ObjectPool<Thing> pool, int count) {
    List<Thing> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(pool.get());
    }
    return taken;
  }

  @Test
  void whatIsReturnedIsTakenAgainTheLastOneFirst() {
    var pool = things().maxIdle(3).build();
    Thing first = pool.get();
    Thing second = pool.get();
    assertThat(second).isNotSameAs(first);

    pool.put(first);
    pool.put(second);
    assertThat(pool.get()).isSameAs(second);
    assertThat(pool.get()).isSameAs(first);
    assertThat(pool.get()).isNotSameAs(first).isNotSameAs(second);
  }

  @Test
  void exactlyMaxIdleAreKeptHoweverManyStacksThereAre() {
    for (int maxIdle : new int[] {0, 1, 2, 5, 7, 8, 9, 63, 64, 100, 1_001}) {
      discarded.clear();
      var pool = things().maxIdle(maxIdle).build();
      taken(pool, maxIdle + 3).forEach(pool::put);
      assertThat(pool.stats().idle()).isEqualTo(maxIdle);
      assertThat(discarded).hasSize(3);

      taken(pool, maxIdle);
      assertThat(pool.stats().created()).isEqualTo(maxIdle + 3);
      pool.get();
      assertThat(pool.stats().created()).isEqualTo(maxIdle + 4);
    }
  }

  @Test
  void withoutABoundATakingMakesWhatItDoesNotFind() throws Exception {
    var pool = things().maxIdle(1).build();
    held.addAll(taken(pool, 10_000));
    held.add(pool.get(Duration.ofDays(1)));
    assertThat(pool.stats().inUse()).isEqualTo(10_001);
  }

  @Test
  void anObjectIsResetOnItsReturn() {
    var pool = things().reset(thing -> thing.content = "").build();
    Thing thing = pool.get();
    thing.content = "secret";
    pool.put(thing);
    assertThat(thing.content).isEmpty();
    assertThat(pool.get()).isSameAs(thing);
  }

  @Test
  void whatIsNotWorthKeepingIsDiscardedAndNotReset() {
    var pool =
        things().keepIf(thing -> thing.content.length() < 4).reset(t -> t.content = "").build();
    Thing thing = pool.get();
    thing.content = "grown";
    pool.put(thing);
    assertThat(thing.content).isEqualTo("grown");
    assertThat(discarded).containsExactly(thing);
    assertThat(pool.stats().idle()).isZero();
  }

  @Test
  void whatAResetThrowsComesOutAndTheObjectIsDiscarded() {
    var pool =
        things()
            .maxTotal(1)
            .reset(
                thing -> {
                  throw new IllegalArgumentException(thing.content);
                })
            .build();
    Thing thing = pool.get();
    thing.content = "broken";
    assertThatThrownBy(() -> pool.put(thing)).hasMessage("broken");
    assertThat(discarded).hasSize(1).first().isSameAs(thing);
    assertThat(pool.get()).isNotSameAs(thing);
  }

  @Test
  void whatTheFactoryThrowsComesOutAndThePoolWorksOn() {
    var failure = new AtomicReference<@Nullable RuntimeException>(new RuntimeException("no"));
    var pool =
        ObjectPool.builder(
                () -> {
                  RuntimeException thrown = failure.get();
                  if (thrown != null) {
                    throw thrown;
                  }
                  return new Thing();
                })
            .maxTotal(1)
            .build();
    assertThatThrownBy(pool::get).hasMessage("no");
    assertThatThrownBy(pool::lease).hasMessage("no");
    failure.set(null);
    pool.put(pool.get());
    assertThat(pool.stats()).isEqualTo(new PoolStats(1, 1, 1, 0, 0, 0, 0, 1, 0));
  }

  @Test
  @SuppressWarnings("NullAway") // a factory that breaks its contract
  void aFactoryThatReturnsNullIsToldSo() {
    var pool = ObjectPool.<Thing>builder(() -> null).maxTotal(1).build();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(pool::get)
          .isInstanceOf(NullPointerException.class)
          .hasMessage("the factory returned null");
    }
  }

  @Test
  void aFactoryThatReturnsAnObjectTwiceIsToldSo() {
    var only = new Thing();
    var pool = ObjectPool.builder(() -> only).name("things").maxTotal(2).build();
    assertThat(pool.get()).isSameAs(only);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(pool::get)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("pool things: the factory returned an object that the pool has already");
    }
    pool.put(only);
    assertThat(pool.get()).isSameAs(only);
  }

  @Test
  void aFailureToDiscardIsLoggedAndDisturbsNobody() {
    var pool =
        things()
            .maxIdle(0)
            .onDiscard(
                thing -> {
                  throw new IllegalStateException("native library is gone");
                })
            .build();
    try (var log = new CapturedLog("dev.tenfold.toolkit.pool")) {
      pool.put(pool.get());
      assertThat(log.messages())
          .containsExactly("pool things: an object was not discarded cleanly");
      assertThat(log.causes().getFirst()).hasMessage("native library is gone");

      log.failWith(new OutOfMemoryError("for the log"));
      pool.put(pool.get());
    }
    assertThat(pool.stats().discarded()).isEqualTo(2);
  }

  @Test
  void theFiguresAddUp() {
    var pool = things().maxIdle(2).build();
    List<Thing> taken = taken(pool, 5);
    held.addAll(taken);
    taken.subList(0, 3).forEach(pool::put);
    pool.discard(taken.get(3));
    held.add(pool.get());
    assertThatThrownBy(() -> pool.put(new Thing())).isInstanceOf(IllegalStateException.class);
    assertThat(pool.stats()).isEqualTo(new PoolStats(6, 4, 5, 2, 0, 0, 1, 1, 2));
    assertThat(discarded).hasSize(2);
  }

  @Test
  void aCloseDiscardsWhatIsIdleAndLaterWhatWasInUse() {
    var pool = things().maxIdle(4).build();
    List<Thing> taken = taken(pool, 3);
    held.addAll(taken);
    Lease<Thing> lease = pool.lease();
    pool.put(taken.get(0));
    pool.close();
    assertThat(discarded).hasSize(1);

    pool.put(taken.get(1));
    pool.discard(taken.get(2));
    lease.close();
    pool.close();
    assertThat(discarded).hasSize(4);
    assertThat(pool.stats()).isEqualTo(new PoolStats(4, 4, 4, 4, 0, 0, 0, 0, 0));
  }

  @Test
  void aClosedPoolGivesNothing() {
    var pool = things().build();
    pool.close();
    assertThatThrownBy(pool::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("pool things is closed");
    assertThatThrownBy(pool::lease).hasMessage("pool things is closed");
    assertThatThrownBy(() -> pool.get(Duration.ofDays(1))).hasMessage("pool things is closed");
    assertThatThrownBy(() -> pool.lease(Duration.ofDays(1))).hasMessage("pool things is closed");
  }

  @Test
  void whatThePoolCallsMayUseThePool() {
    var self = new AtomicReference<ObjectPool<StringBuilder>>();
    var pool =
        ObjectPool.builder(() -> new StringBuilder())
            .maxIdle(1)
            .reset(builder -> self.get().stats())
            .onDiscard(builder -> self.get().trim())
            .build();
    self.set(pool);
    StringBuilder first = pool.get();
    StringBuilder second = pool.get();
    pool.put(first);
    pool.put(second);
    assertThat(pool.stats().discarded()).isEqualTo(1);
  }

  @Test
  void optionsThatMakeNoSenseAreRefusedWithTheirValue() {
    assertThatThrownBy(() -> things().maxIdle(-1)).hasMessage("maxIdle must be 0 to 2^24, not -1");
    assertThatThrownBy(() -> things().maxIdle((1 << 24) + 1))
        .hasMessage("maxIdle must be 0 to 2^24, not 16777217");
    assertThatThrownBy(() -> things().maxTotal(0)).hasMessage("maxTotal must be 1 to 2^24, not 0");
    assertThatThrownBy(() -> things().idleTime(Duration.ZERO))
        .hasMessage("idleTime must be positive, not PT0S");
    assertThatThrownBy(() -> things().idleTime(Duration.ofNanos(-1)))
        .hasMessage("idleTime must be positive, not PT-0.000000001S");
    assertThatThrownBy(() -> things().trackLeaks(-1))
        .hasMessage("trackLeaks must not be negative, was -1");
  }

  @Test
  void withMaxTotalSoManyAreKeptIfNothingElseIsSaid() {
    var pool = things().maxTotal(100).build();
    taken(pool, 100).forEach(pool::put);
    assertThat(pool.stats().idle()).isEqualTo(100);

    var other = things().build();
    taken(other, 100).forEach(other::put);
    assertThat(other.stats().idle()).isEqualTo(64);
  }
}
