package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ShrinkTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // overflows at once
  private final List<Thing> discarded = new ArrayList<>();
  private final ObjectPool<Thing> pool =
      ObjectPool.builder(Thing::new)
          .maxIdle(100)
          .idleTime(Duration.ofSeconds(10))
          .ticker(now::get)
          .onDiscard(discarded::add)
          .build();

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private List<Thing> take(int count) {
    List<Thing> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(pool.get());
    }
    return taken;
  }

  /** So many at a time. */
  private void use(int count) {
    take(count).forEach(pool::put);
  }

  @Test
  void whatIsIdleAllThroughAnIntervalGoes() {
    use(20);
    pass(Duration.ofSeconds(10));
    assertThat(pool.trim()).isZero();

    use(5);
    pass(Duration.ofNanos(9_999_999_999L));
    assertThat(pool.trim()).isZero();
    pass(Duration.ofNanos(1));
    assertThat(pool.trim()).isEqualTo(15);
    assertThat(discarded).hasSize(15);
    assertThat(pool.stats().idle()).isEqualTo(5);

    pass(Duration.ofSeconds(10));
    assertThat(pool.trim()).isEqualTo(5);
    assertThat(pool.stats().idle()).isZero();
  }

  @Test
  void whatIsNeededOnceInEachIntervalStays() {
    for (int interval = 0; interval < 5; interval++) {
      use(20);
      pass(Duration.ofSeconds(10));
      assertThat(pool.trim()).isZero();
    }
    assertThat(pool.stats().idle()).isEqualTo(20);
  }

  @Test
  void whatComesBackDuringAnIntervalStaysThroughIt() {
    List<Thing> taken = take(20);
    pass(Duration.ofSeconds(10));
    assertThat(pool.trim()).isZero();
    taken.forEach(pool::put);
    pass(Duration.ofSeconds(10));
    assertThat(pool.trim()).isZero();
    pass(Duration.ofSeconds(10));
    assertThat(pool.trim()).isEqualTo(20);
  }

  @Test
  void oneOf64TakingsNoticesTheEndOfAnInterval() {
    use(20);
    pass(Duration.ofSeconds(10));
    for (int i = 0; i < 64; i++) {
      use(1);
    }
    assertThat(pool.stats().idle()).isEqualTo(20);
    pass(Duration.ofSeconds(10));
    for (int i = 0; i < 64; i++) {
      use(1);
    }
    assertThat(pool.stats().idle()).isEqualTo(1);
  }

  @Test
  void aPoolThatNobodyCallsKeepsWhatItHas() {
    use(20);
    pass(Duration.ofDays(365));
    assertThat(pool.stats().idle()).isEqualTo(20);
    assertThat(pool.trim()).isZero();
    pass(Duration.ofDays(365));
    assertThat(pool.trim()).isEqualTo(20);
  }

  @Test
  void anIdleTimeThatNeverEndsIsOne() {
    var forever =
        ObjectPool.builder(Thing::new).idleTime(Duration.ofSeconds(Long.MAX_VALUE)).build();
    forever.put(forever.get());
    assertThat(forever.trim()).isZero();
    assertThat(forever.trim()).isZero();
    assertThat(forever.stats().idle()).isEqualTo(1);
  }
}
