package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many threads take, return, discard and trim: nobody gets what another has, and nothing is lost.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PoolStressTest {

  private static final int ROUNDS = 60_000;

  /** Knows whether somebody has it, and counts without care, which only its owner may. */
  private static final class Owned {
    final AtomicBoolean owned = new AtomicBoolean();
    final AtomicBoolean discarded = new AtomicBoolean();
    int uses;

    void take() {
      if (!owned.compareAndSet(false, true) || discarded.get()) {
        throw new AssertionError("it is somebody else's, or discarded");
      }
      uses++;
    }

    void giveBack() {
      owned.set(false);
    }
  }

  private final AtomicInteger uses = new AtomicInteger();
  private final AtomicInteger discarded = new AtomicInteger();

  private ObjectPool<Owned> pool(int maxIdle) {
    return ObjectPool.builder(Owned::new)
        .maxIdle(maxIdle)
        .reset(Owned::giveBack)
        .idleTime(Duration.ofNanos(50_000))
        .onDiscard(this::discarded)
        .build();
  }

  private void discarded(Owned object) {
    if (!object.discarded.compareAndSet(false, true)) {
      throw new AssertionError("it was discarded before");
    }
    uses.addAndGet(object.uses);
    discarded.incrementAndGet();
  }

  private static void use(ObjectPool<Owned> pool, int round) {
    if (round % 3 == 0) {
      try (Lease<Owned> lease = pool.lease()) {
        lease.get().take();
      }
      return;
    }
    Owned first = pool.get();
    first.take();
    Owned second = pool.get();
    second.take();
    if (round % 64 == 1) {
      LockSupport.parkNanos(1); // so that others run meanwhile
    }
    pool.put(first);
    if (round % 16 == 1) {
      pool.discard(second);
    } else {
      pool.put(second);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 3, false", "2, 64, false", "8, 3, false", "8, 1, true", "200, 64, true"})
  void nobodyGetsWhatAnotherHasAndNothingIsLost(int threads, int maxIdle, boolean virtual)
      throws Exception {
    var pool = pool(maxIdle);
    var factory = (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).factory();
    try (ExecutorService runners = Executors.newThreadPerTaskExecutor(factory)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        ends.add(
            runners.submit(
                () -> {
                  for (int round = 0; round < ROUNDS / threads; round++) {
                    use(pool, round);
                  }
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
    PoolStats stats = pool.stats();
    assertThat(stats.inUse()).isZero();
    assertThat(stats.idle()).isBetween(0, maxIdle);
    assertThat(stats.leaked()).isZero();
    assertThat(stats.returned()).isEqualTo(stats.taken());
    pool.close();
    assertThat(pool.stats().discarded()).isEqualTo(stats.created()).isEqualTo(discarded.get());
    assertThat(uses.get()).isEqualTo(stats.taken());
  }
}
