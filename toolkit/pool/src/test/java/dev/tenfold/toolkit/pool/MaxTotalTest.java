package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.testkit.OnItsOwn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MaxTotalTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  /** What is in use in a test: what is dropped is a leak, and makes room for another. */
  private final List<Object> held = new ArrayList<>();

  private final ObjectPool<Thing> pool =
      ObjectPool.builder(Thing::new).name("things").maxTotal(2).build();

  @Test
  void aTakingIsRefusedWhileAllAreInUse() {
    Thing first = pool.get();
    held.add(pool.lease());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(pool::get)
          .isInstanceOf(PoolExhaustedException.class)
          .hasMessage("pool things: all 2 objects are in use");
    }
    assertThat(pool.stats().refused()).isEqualTo(2);
    pool.put(first);
    assertThat(pool.get()).isSameAs(first);
  }

  @Test
  void anObjectThatIsDiscardedMakesRoomForAnother() {
    Thing first = pool.get();
    Thing second = pool.get();
    pool.discard(first);
    Thing third = pool.get();
    held.addAll(List.of(second, third));
    assertThat(third).isNotSameAs(first).isNotSameAs(second);
    assertThatThrownBy(pool::get).isInstanceOf(PoolExhaustedException.class);
  }

  @Test
  void idleObjectsCountToo() throws Exception {
    List<Thing> discarded = new ArrayList<>();
    var small = ObjectPool.builder(Thing::new).maxTotal(2).maxIdle(1).onDiscard(discarded::add);
    try (var two = small.build()) {
      Thing first = two.get();
      Thing second = two.get();
      two.put(first);
      two.put(second);
      assertThat(discarded).hasSize(1);
      held.add(two.get());
      held.add(two.get(LONG));
      assertThat(two.stats().created()).isEqualTo(3);
      assertThatThrownBy(two::get).isInstanceOf(PoolExhaustedException.class);
    }
  }

  @Test
  void whoWaitsGetsWhatIsReturned() throws Exception {
    Thing first = pool.get();
    Thing second = pool.get();
    held.addAll(List.of(first, second));
    List<Thing> got = new ArrayList<>();
    OnItsOwn waiter = OnItsOwn.start(() -> got.add(pool.get(LONG)));
    waiter.awaitBlocked();
    pool.put(first);
    assertThat(waiter.outcome()).isNull();
    assertThat(got.getFirst()).isSameAs(first);

    OnItsOwn leaser = OnItsOwn.start(() -> got.add(pool.lease(LONG).get()));
    leaser.awaitBlocked();
    pool.put(second);
    assertThat(leaser.outcome()).isNull();
    assertThat(got.getLast()).isSameAs(second);
  }

  @Test
  void whoWaitsIsRefusedWhenItsTimeIsOver() {
    held.add(pool.get());
    held.add(pool.get());
    for (Duration time :
        List.of(
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofMillis(3))) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> pool.get(time)).isInstanceOf(PoolExhaustedException.class);
      assertThatThrownBy(() -> pool.lease(time)).isInstanceOf(PoolExhaustedException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(time);
    }
    assertThat(pool.stats().refused()).isEqualTo(8);
  }

  @Test
  void anInterruptEndsTheWait() {
    held.add(pool.get());
    Thing thing = pool.get();
    held.add(thing);
    OnItsOwn waiter = OnItsOwn.start(() -> pool.get(LONG));
    waiter.awaitBlocked();
    waiter.thread().interrupt();
    assertThat(waiter.outcome()).isInstanceOf(InterruptedException.class);
    pool.put(thing);
    assertThat(pool.get()).isSameAs(thing);
  }

  @Test
  void aCloseRefusesAllWhoWait() {
    held.add(pool.get());
    Thing thing = pool.get();
    held.add(thing);
    List<OnItsOwn> waiters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiters.add(OnItsOwn.start(() -> pool.get(LONG)));
    }
    waiters.forEach(OnItsOwn::awaitBlocked);
    pool.close();
    assertThat(waiters)
        .allSatisfy(
            waiter ->
                assertThat(waiter.outcome())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("pool things is closed"));
    pool.put(thing);
    assertThat(pool.stats().idle()).isZero();
  }

  @Test
  void aLeakedObjectGivesItsPlaceBackToWhoWaits() throws Exception {
    takeAndForget();
    takeAndForget();
    OnItsOwn waiter = OnItsOwn.start(() -> pool.get(LONG));
    while (waiter.thread().isAlive()) {
      System.gc();
    }
    assertThat(waiter.outcome()).isNull();
    assertThat(pool.stats().leaked()).isPositive();
  }

  private void takeAndForget() {
    pool.get();
  }

  @Test
  void thereAreNeverMoreThanMaxTotalHoweverManyAsk() throws Exception {
    var live = new AtomicInteger();
    var most = new AtomicInteger();
    try (var bounded =
            ObjectPool.builder(
                    () -> {
                      most.accumulateAndGet(live.incrementAndGet(), Math::max);
                      return new Thing();
                    })
                .maxTotal(9)
                .maxIdle(8)
                .idleTime(Duration.ofNanos(1))
                .onDiscard(thing -> live.decrementAndGet())
                .build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        ends.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 100; round++) {
                    try (var lease = bounded.lease(LONG)) {
                      if (round % 8 == 0) {
                        LockSupport.parkNanos(1); // so that others run meanwhile
                      }
                      if (round % 16 == 0) {
                        lease.discard();
                      }
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
      PoolStats stats = bounded.stats();
      assertThat(stats.taken()).isEqualTo(20_000);
      assertThat(stats.returned()).isEqualTo(20_000);
      assertThat(stats.idle()).isEqualTo(live.get());
    }
    assertThat(most.get()).isBetween(2, 9);
    assertThat(live).hasValue(0);
  }
}
