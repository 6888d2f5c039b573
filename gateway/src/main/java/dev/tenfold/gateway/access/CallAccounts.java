package dev.tenfold.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that calls were made on since this process began. Thread-safe.
 *
 * <p>Bounded: one for each key that was used, and at most {@value #MOST_ADDRESSES} addresses; one
 * that has been silent for ten minutes is forgotten, or later, when its buckets are full again by
 * then; with a monthly limit, after a month. All addresses of one IPv6 network of 64 bits are one,
 * as a single customer has so many.
 */
public final class CallAccounts {
  private static final int MOST_ADDRESSES = 100_000;
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final Duration LONGEST_MONTH = Duration.ofDays(31);
  private static final int NETWORK_BYTES = 8;

  private final Tiers tiers;
  private final MethodCosts costs;
  private final UsageBook usage;
  private final Function<String, Future<Long>> usedBefore;
  private final LongSupplier nanoClock;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, CallAccount> byKey = new ConcurrentHashMap<>();
  private final Cache<InetAddress, CallAccount> byAddress;

  /**
   * None yet.
   *
   * @param usedBefore the compute units that a key, by its id, has used in this month before this
   *     process began; asked for once a key that has a monthly limit
   */
  public CallAccounts(
      Tiers tiers,
      MethodCosts costs,
      UsageBook usage,
      Function<String, Future<Long>> usedBefore,
      LongSupplier nanoClock,
      InstantSource clock) {
    this.tiers = tiers;
    this.costs = costs;
    this.usage = usage;
    this.usedBefore = usedBefore;
    this.nanoClock = nanoClock;
    this.clock = clock;
    byAddress =
        Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(forgotten(tiers.ofAddresses()))
            .ticker(nanoClock::getAsLong)
            .build();
  }

  private static Duration forgotten(Limits limits) {
    if (limits.monthlyUnits() > 0) {
      return LONGEST_MONTH;
    }
    int calls = limits.rate() == 0 ? 0 : Math.ceilDiv(limits.burst(), limits.rate());
    int units = limits.units() == 0 ? 0 : Math.ceilDiv(limits.unitsBurst(), limits.units());
    Duration full = Duration.ofSeconds(Math.max(calls, units));
    return full.compareTo(FORGOTTEN) > 0 ? full : FORGOTTEN;
  }

  CallAccount of(KeyRecord key) {
    CallAccount account = byKey.get(key.id());
    return account != null && account.isOf(key)
        ? account
        : byKey.compute(key.id(), (id, before) -> changed(key, before));
  }

  /** A key that was changed keeps what it has left, unless its limits are others now. */
  private CallAccount changed(KeyRecord key, @Nullable CallAccount before) {
    Limits limits = tiers.of(key);
    Limiter limiter;
    if (before == null || isNew(limits, before.limiter().limits())) {
      limiter = new Limiter(limits, month(key, limits), nanoClock);
    } else if (before.limiter().limits().equals(limits)) {
      limiter = before.limiter();
    } else {
      limiter = new Limiter(limits, before.limiter().month(), nanoClock);
    }
    return CallAccount.of(key, limiter, costs, usage.of(key.id()));
  }

  /** While a key has no monthly limit, nobody counts what it uses of the month. */
  private static boolean isNew(Limits limits, Limits before) {
    return limits.monthlyUnits() > 0 && before.monthlyUnits() == 0;
  }

  private MonthlyUnits month(KeyRecord key, Limits limits) {
    MonthlyUnits month = new MonthlyUnits(clock);
    if (limits.monthlyUnits() > 0) {
      Instant now = clock.instant();
      usedBefore.apply(key.id()).onSuccess(units -> month.add(now, units));
    }
    return month;
  }

  /** The account of the caller's address; null where addresses have no limits. */
  @Nullable CallAccount ofAddress(Presented request) {
    return tiers.ofAddresses().equals(Limits.NONE)
        ? null
        : byAddress.get(network(request.address()), this::ofNetwork);
  }

  private CallAccount ofNetwork(InetAddress network) {
    Limiter limiter = new Limiter(tiers.ofAddresses(), new MonthlyUnits(clock), nanoClock);
    return CallAccount.ofAddress(limiter, costs);
  }

  /** How many addresses have an account. */
  long addresses() {
    byAddress.cleanUp();
    return byAddress.estimatedSize();
  }

  private static InetAddress network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
