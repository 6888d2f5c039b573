package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.testkit.CapturedLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LeakTest {

  private final CapturedLog log = new CapturedLog("dev.tenfold.toolkit.pool");
  private final List<Throwable> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void closeLog() {
    log.close();
  }

  private ObjectPoolBuilder<Thing> things() {
    return ObjectPool.<Thing>builder(Thing::new).name("things").onLeak(told::add);
  }

  private static void takeAndForget(ObjectPool<Thing> pool) {
    pool.get();
  }

  private static void leaseAndForget(ObjectPool<Thing> pool) {
    pool.lease();
  }

  private static void awaitLeaks(ObjectPool<Thing> pool, int count) {
    while (pool.stats().leaked() < count) {
      System.gc();
    }
  }

  @Test
  void whatIsDroppedIsCountedAlsoWithoutTracking() {
    var pool = things().build();
    takeAndForget(pool);
    leaseAndForget(pool);
    awaitLeaks(pool, 2);
    assertThat(pool.stats()).isEqualTo(new PoolStats(2, 0, 2, 0, 2, 0, 0, 0, 0));
    assertThat(log.messages()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void withTrackingTheLogAndTheListenerAreToldWhereItWasTaken() {
    var pool = things().trackLeaks(1).build();
    takeAndForget(pool);
    awaitLeaks(pool, 1);
    assertThat(told).hasSize(1);
    assertThat(told.getFirst())
        .hasMessage("taken here, by thread " + Thread.currentThread().getName());
    assertThat(told.getFirst().getStackTrace())
        .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo("takeAndForget"));
    assertThat(log.messages())
        .containsExactly("pool things: an object was taken and never returned");
    assertThat(log.causes()).containsExactly(told.getFirst());
  }

  @Test
  void aPlaceIsLoggedOnceAndTheListenerToldEachTime() {
    var pool = things().trackLeaks(1).build();
    for (int i = 0; i < 10; i++) {
      takeAndForget(pool);
    }
    leaseAndForget(pool);
    awaitLeaks(pool, 11);
    assertThat(told).hasSize(11);
    assertThat(log.messages()).hasSize(2);
  }

  @Test
  void withSamplingSomePlacesAreKnownAndAllLeaksCounted() {
    var pool = things().trackLeaks(4).build();
    for (int i = 0; i < 400; i++) {
      takeAndForget(pool);
    }
    awaitLeaks(pool, 400);
    assertThat(told).hasSizeBetween(20, 300); // 100 are likely, fewer than 20 or more than 300 not
  }

  @Test
  void whatIsReturnedOrDiscardedOrIdleIsNoLeak() {
    var pool = things().maxIdle(8).trackLeaks(1).build();
    pool.put(pool.get());
    pool.discard(pool.get());
    pool.lease().close();
    pool.lease().discard();
    takeAndForget(pool);
    awaitLeaks(pool, 1);
    assertThat(pool.stats().leaked()).isEqualTo(1);
    assertThat(told).hasSize(1);
  }

  @Test
  void whatIsInUseIsNoLeak() {
    var pool = things().trackLeaks(1).build();
    Thing inUse = pool.get();
    Lease<Thing> leased = pool.lease();
    takeAndForget(pool);
    awaitLeaks(pool, 1);
    assertThat(pool.stats()).isEqualTo(new PoolStats(3, 0, 3, 0, 1, 0, 0, 0, 2));
    pool.put(inUse);
    leased.close();
    assertThat(pool.stats().idle()).isEqualTo(2);
  }

  @Test
  void aLeakIsFoundWhenAnObjectIsMadeAndByATrim() {
    var pool = things().trackLeaks(1).build();
    takeAndForget(pool);
    while (told.isEmpty()) {
      System.gc();
      pool.discard(pool.get());
    }
    told.clear();

    takeAndForget(pool);
    while (told.isEmpty()) {
      System.gc();
      pool.trim();
    }
  }

  @Test
  void aListenerThatFailsIsLoggedAndDisturbsNobody() {
    var pool =
        things()
            .trackLeaks(1)
            .onLeak(
                place -> {
                  throw new IllegalStateException("no place for it");
                })
            .build();
    takeAndForget(pool);
    awaitLeaks(pool, 1);
    assertThat(log.messages())
        .containsExactly(
            "pool things: an object was taken and never returned",
            "pool things: the listener for leaks failed");
  }
}
