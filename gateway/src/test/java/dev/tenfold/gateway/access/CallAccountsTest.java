package dev.tenfold.gateway.access;

import static dev.tenfold.gateway.access.KeyBuilder.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Methods;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallAccountsTest {
  private static final Method CALL = Methods.named("eth_call");
  private static final Limits FIVE = new Limits(1, 5, 0, 0, 0, 0);
  private static final Limits MONTHLY = new Limits(0, 0, 0, 0, 100, 0);

  private final MethodCosts costs = new MethodCosts(Map.of());
  private final UsageBook usage = new UsageBook();
  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private Future<Long> usedBefore = Future.succeededFuture(0L);

  private record From(InetAddress address) implements Presented {
    @Override
    public @Nullable PresentedKey key() {
      return null;
    }

    @Override
    public String chain() {
      return "main";
    }

    @Override
    public @Nullable String origin() {
      return null;
    }
  }

  @Test
  void aKeyHasOneAccountAsLongAsItIsNotChanged() {
    CallAccounts accounts = accounts(Limits.NONE, FIVE);
    KeyRecord record = key("a").record();

    assertThat(accounts.of(record)).isSameAs(accounts.of(record));
    assertThat(accounts.of(record)).isNotSameAs(accounts.of(key("b").record()));
  }

  @Test
  void aKeyThatIsChangedKeepsWhatItHasLeft() {
    CallAccounts accounts = accounts(Limits.NONE, FIVE);
    take(accounts.of(key("a").record()), 4);
    CallAccount changed = accounts.of(key("a").methods("eth_call").record());

    assertThat(Objects.requireNonNull(changed.rateLimit()).remaining()).isEqualTo(1);
    assertThat(changed.mayCall(Methods.named("eth_getLogs"))).isFalse();
    assertThat(changed.take(CALL)).isNull();
    assertThat(changed.take(CALL)).isNotNull();
  }

  @Test
  void newLimitsBeginWithAFullBucketAndTheUnitsOfTheMonth() {
    CallAccounts accounts = accounts(Limits.NONE, MONTHLY);
    take(accounts.of(key("a").record()), 5);
    CallAccount faster = accounts.of(key("a").rate(3, 3).record());

    assertThat(Objects.requireNonNull(faster.rateLimit()).remaining()).isEqualTo(3);
    assertThat(faster.take(CALL)).as("the month is used up").isNotNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void whatWasUsedInThisMonthBeforeCounts() {
    Promise<Long> before = Promise.promise();
    usedBefore = before.future();
    CallAccount account = accounts(Limits.NONE, MONTHLY).of(key("a").record());
    take(account, 1);
    before.complete(60L);

    take(account, 1);
    assertThat(account.take(CALL)).isNotNull();
  }

  @Test
  void aKeyThatIsGivenAMonthlyLimitBeginsWithWhatItHasUsed() {
    CallAccounts accounts = accounts(Limits.NONE, Limits.NONE);
    take(accounts.of(key("a").record()), 50);
    assertThat(asked).as("there is no limit").hasValue(0);
    usedBefore = Future.succeededFuture(1_000L);

    assertThat(accounts.of(key("a").tier("monthly").record()).take(CALL)).isNotNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void theUsageOfAKeyGoesOnWhenItIsChanged() {
    CallAccounts accounts = accounts(Limits.NONE, FIVE);
    accounts.of(key("a").record()).refused("main", CALL);
    accounts.of(key("a").methods("x").record()).refused("main", CALL);

    assertThat(usage.collect())
        .singleElement()
        .satisfies(used -> assertThat(used.sums().calls()).isEqualTo(2));
  }

  @Test
  void whereAddressesHaveNoLimitsTheyHaveNoAccount() throws Exception {
    assertThat(accounts(Limits.NONE, FIVE).ofAddress(from("192.0.2.1"))).isNull();
  }

  @Test
  void anAddressHasItsOwnAccountAndANetworkOf64BitsOneTogether() throws Exception {
    CallAccounts accounts = accounts(FIVE, Limits.NONE);
    CallAccount first = accounts.ofAddress(from("2001:db8:0:1::1"));

    assertThat(accounts.ofAddress(from("2001:db8:0:1:ffff:ffff:ffff:ffff"))).isSameAs(first);
    assertThat(accounts.ofAddress(from("2001:db8:0:2::1"))).isNotSameAs(first);
    assertThat(accounts.ofAddress(from("192.0.2.1")))
        .isSameAs(accounts.ofAddress(from("::ffff:192.0.2.1")))
        .isNotSameAs(accounts.ofAddress(from("192.0.2.2")));
  }

  @Test
  void addressesAreBounded() throws Exception {
    CallAccounts accounts = accounts(FIVE, Limits.NONE);
    for (int i = 0; i < 150_000; i++) {
      accounts.ofAddress(
          new From(
              InetAddress.getByAddress(
                  new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i})));
    }

    assertThat(accounts.addresses()).isLessThanOrEqualTo(100_000);
  }

  @Test
  void anAddressIsForgottenWhenItHasBeenSilentAndNotBeforeItsBucketIsFull() throws Exception {
    assertThat(forgottenAfter(FIVE)).isEqualTo(Duration.ofMinutes(10));
    assertThat(forgottenAfter(new Limits(1, 6_000, 0, 0, 0, 0))).isEqualTo(Duration.ofMinutes(100));
    assertThat(forgottenAfter(new Limits(0, 0, 1, 12_000, 0, 0)))
        .isEqualTo(Duration.ofMinutes(200));
    assertThat(forgottenAfter(MONTHLY)).isEqualTo(Duration.ofDays(31));
  }

  /** After how much silence an address has another account; in whole minutes. */
  private Duration forgottenAfter(Limits limits) throws UnknownHostException {
    List<Duration> candidates =
        List.of(
            Duration.ofMinutes(10),
            Duration.ofMinutes(100),
            Duration.ofMinutes(200),
            Duration.ofDays(31));
    for (Duration silence : candidates) {
      CallAccounts accounts = accounts(limits, Limits.NONE);
      CallAccount before = accounts.ofAddress(from("192.0.2.1"));
      nanos.addAndGet(silence.toNanos() - 1);
      assertThat(accounts.ofAddress(from("192.0.2.1"))).as("%s", silence).isSameAs(before);
      nanos.addAndGet(silence.toNanos());
      if (accounts.ofAddress(from("192.0.2.1")) != before) {
        return silence;
      }
    }
    throw new AssertionError("it is never forgotten");
  }

  private CallAccounts accounts(Limits ofAddresses, Limits ofKeys) {
    Tiers tiers = new Tiers(Map.of("monthly", MONTHLY), ofKeys, ofAddresses);
    return new CallAccounts(tiers, costs, usage, this::usedBefore, nanos::get, clock);
  }

  private Future<Long> usedBefore(String key) {
    asked.incrementAndGet();
    return usedBefore;
  }

  private static void take(CallAccount account, int calls) {
    for (int i = 0; i < calls; i++) {
      assertThat(account.take(CALL)).isNull();
    }
  }

  private static Presented from(String address) throws UnknownHostException {
    return new From(Networks.address(address));
  }
}
