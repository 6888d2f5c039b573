package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.Limiter.Refusal;
import dev.tenfold.gateway.rpc.Account.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LimiterTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong nanos = new AtomicLong(5);
  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-30T23:59:00Z"));

  @Test
  void withoutLimitsEverythingPasses() {
    Limiter limiter = limiter(Limits.NONE);
    for (int i = 0; i < 1_000; i++) {
      assertThat(limiter.take(100_000)).isNull();
    }
    assertThat(limiter.takeHits(100, 100_000)).isNull();
    assertThat(limiter.rateLimit()).isNull();
  }

  @Test
  void eachLimitRefusesInWordsOfItsOwnAndSaysWhenItWouldNot() {
    assertThat(refusal(new Limits(2, 0, 0, 0, 0, 0), 1, 3))
        .isEqualTo(new Refusal("2 calls a second", SECOND / 2));
    assertThat(refusal(new Limits(0, 0, 10, 0, 0, 0), 5, 3))
        .isEqualTo(new Refusal("10 compute units a second", SECOND / 2));
    assertThat(refusal(new Limits(0, 0, 0, 0, 10, 0), 5, 3))
        .isEqualTo(new Refusal("10 compute units a month", 60 * SECOND));
    assertThat(refusal(new Limits(0, 0, 0, 0, 0, 2), 5, 3))
        .isEqualTo(new Refusal("2 calls at once", 0));
  }

  @Test
  void whatTheUnitsRefuseIsNotTakenFromTheCalls() {
    Limiter limiter = limiter(new Limits(1, 3, 1, 10, 0, 0));
    assertThat(limiter.take(10)).isNull();
    for (int i = 0; i < 5; i++) {
      assertThat(limiter.take(1)).isNotNull();
    }
    assertThat(remaining(limiter)).isEqualTo(2);
    assertThat(limiter.take(0)).as("what costs nothing goes on").isNull();
    assertThat(remaining(limiter)).isEqualTo(1);
  }

  @Test
  void whatTheMonthRefusesIsTakenFromNoOther() {
    Limiter limiter = limiter(new Limits(1, 3, 1, 10, 4, 1));
    for (int i = 0; i < 5; i++) {
      assertThat(limiter.take(5)).isEqualTo(new Refusal("4 compute units a month", 60 * SECOND));
    }
    assertThat(remaining(limiter)).isEqualTo(3);
    assertThat(limiter.take(4)).as("ten units are there, and the one permit").isNull();
    assertThat(remaining(limiter)).isEqualTo(2);
  }

  @Test
  void whatTheCallsRefuseIsTakenFromNoOther() {
    Limiter limiter = limiter(new Limits(1, 1, 1, 20, 20, 2));
    assertThat(limiter.take(10)).isNull();
    assertThat(limiter.take(10)).isNotNull();
    nanos.addAndGet(SECOND);

    assertThat(limiter.take(10)).as("units, month and permit of the refused one").isNull();
  }

  @Test
  void whatIsUnderWayIsCountedUntilItEnds() {
    Limiter limiter = limiter(new Limits(0, 0, 0, 0, 0, 2));
    assertThat(limiter.take(1)).isNull();
    assertThat(limiter.take(1)).isNull();
    assertThat(limiter.take(1)).isNotNull();
    limiter.ended();
    assertThat(limiter.take(1)).isNull();
    assertThat(limiter.take(1)).isNotNull();
    limiter.ended();
    limiter.ended();
    assertThat(limiter.take(1)).isNull();
  }

  @Test
  void whatIsRefusedByConcurrencyTakesNoToken() {
    Limiter limiter = limiter(new Limits(1, 5, 0, 0, 0, 1));
    assertThat(limiter.take(1)).isNull();
    assertThat(limiter.take(1)).isNotNull();

    assertThat(remaining(limiter)).isEqualTo(4);
  }

  @Test
  void callsThatAreAnsweredAtOnceAreTakenAllOrNone() {
    Limiter limiter = limiter(new Limits(1, 5, 1, 10, 12, 0));
    assertThat(limiter.takeHits(3, 6)).isNull();
    assertThat(limiter.takeHits(3, 1)).isNotNull();
    assertThat(limiter.takeHits(1, 5)).isNotNull();
    assertThat(remaining(limiter)).isEqualTo(2);
    assertThat(limiter.takeHits(2, 4)).isNull();
  }

  @Test
  void severalAtOnceNeverLeaveADebtThatOneByOneWouldNot() {
    assertThat(limiter(new Limits(1, 5, 0, 0, 0, 0)).takeHits(6, 0)).isNotNull();
    assertThat(limiter(new Limits(0, 0, 1, 5, 0, 0)).takeHits(2, 6)).isNotNull();
    assertThat(limiter(new Limits(1, 5, 1, 5, 0, 0)).takeHits(5, 5)).isNull();
    assertThat(limiter(new Limits(0, 0, 1, 5, 0, 0)).takeHits(1, 6)).as("as one").isNull();
  }

  @Test
  void aHitIsRefusedWhileAllPermitsAreTaken() {
    Limiter limiter = limiter(new Limits(0, 0, 0, 0, 0, 1));
    assertThat(limiter.takeHits(3, 3)).isNull();
    assertThat(limiter.take(1)).isNull();
    assertThat(limiter.takeHits(1, 1)).isNotNull();
    limiter.ended();
    assertThat(limiter.takeHits(1, 1)).isNull();
  }

  @Test
  void thePolicyIsTheBucketAndTheTimeInWhichItFills() {
    Limiter limiter = limiter(new Limits(4, 10, 0, 0, 0, 0));
    assertThat(left(limiter).policy()).isEqualTo("\"calls\";q=10;w=3");
    assertThat(left(limiter).value()).isEqualTo("\"calls\";r=10;t=0");
    limiter.take(1);
    limiter.take(1);
    assertThat(left(limiter).value()).isEqualTo("\"calls\";r=8;t=1");
  }

  @Test
  void noMorePermitsAreOutThanThereAre() throws Exception {
    int threads = 4;
    Limiter limiter = limiter(new Limits(0, 0, 0, 0, 0, threads - 1));
    AtomicInteger out = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> most = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        most.add(pool.submit((Callable<Integer>) () -> held(limiter, out)));
      }
      for (Future<Integer> seen : most) {
        assertThat(seen.get(30, TimeUnit.SECONDS)).isBetween(1, threads - 1);
      }
    }
  }

  /** The most permits that were ever out at once. */
  private static int held(Limiter limiter, AtomicInteger out) {
    int most = 0;
    for (int i = 0; i < 50_000; i++) {
      if (limiter.take(1) == null) {
        most = Math.max(most, out.incrementAndGet());
        out.decrementAndGet();
        limiter.ended();
      }
    }
    return most;
  }

  private Limiter limiter(Limits limits) {
    return new Limiter(limits, new MonthlyUnits(clock), nanos::get);
  }

  private @Nullable Refusal refusal(Limits limits, int cost, int calls) {
    Limiter limiter = limiter(limits);
    for (int i = 1; i < calls; i++) {
      assertThat(limiter.take(cost)).isNull();
    }
    return limiter.take(cost);
  }

  private static long remaining(Limiter limiter) {
    return left(limiter).remaining();
  }

  private static RateLimit left(Limiter limiter) {
    return Objects.requireNonNull(limiter.rateLimit());
  }
}
