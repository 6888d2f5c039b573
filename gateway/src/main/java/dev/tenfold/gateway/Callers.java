package dev.tenfold.gateway;

import dev.tenfold.gateway.access.Admission;
import dev.tenfold.gateway.access.CallAccounts;
import dev.tenfold.gateway.access.KeyDirectory;
import dev.tenfold.gateway.access.KeyDirectory.Found;
import dev.tenfold.gateway.access.KeyHash;
import dev.tenfold.gateway.access.KeyRecord;
import dev.tenfold.gateway.access.Limits;
import dev.tenfold.gateway.access.MethodCosts;
import dev.tenfold.gateway.access.Networks;
import dev.tenfold.gateway.access.Tiers;
import dev.tenfold.gateway.access.UsageBook;
import dev.tenfold.gateway.config.AccessConfig;
import dev.tenfold.gateway.config.KeyConfig;
import dev.tenfold.gateway.config.TierConfig;
import dev.tenfold.gateway.edge.Entrance;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Who may call, put together from the configuration and from where keys are stored. */
final class Callers {
  private final Tiers tiers;
  private final UsageBook usage;
  private final Entrance entrance;

  /**
   * Puts it together.
   *
   * @param stored the keys that are not in the configuration
   * @param usedBefore the compute units that a key has used in this month, as far as is stored
   */
  Callers(AccessConfig config, KeyDirectory stored, Function<String, Future<Long>> usedBefore) {
    tiers = tiers(config);
    MethodCosts costs = new MethodCosts(config.units());
    usage = new UsageBook();
    CallAccounts accounts =
        new CallAccounts(tiers, costs, usage, usedBefore, System::nanoTime, InstantSource.system());
    Admission admission =
        new Admission(
            config.requireKey(), configured(config), stored, accounts, InstantSource.system());
    entrance =
        new Entrance(admission, new Networks("access.trusted-proxies", config.trustedProxies()));
  }

  Entrance entrance() {
    return entrance;
  }

  UsageBook usage() {
    return usage;
  }

  Tiers tiers() {
    return tiers;
  }

  private static Tiers tiers(AccessConfig config) {
    Map<String, Limits> byName = new HashMap<>();
    config.tiers().forEach((name, tier) -> byName.put(name, limits(tier)));
    return new Tiers(
        byName,
        byName.getOrDefault(config.defaultTier(), Limits.NONE),
        byName.getOrDefault(config.addressTier(), Limits.NONE));
  }

  private static Limits limits(TierConfig tier) {
    return new Limits(
        tier.rate(),
        tier.burst(),
        tier.units(),
        tier.unitsBurst(),
        tier.monthlyUnits(),
        tier.concurrency());
  }

  private static Map<KeyHash, Found> configured(AccessConfig config) {
    Map<KeyHash, Found> keys = new HashMap<>();
    for (KeyConfig key : config.keys()) {
      keys.put(KeyHash.of(key.key()), new Found(record(key), null));
    }
    return keys;
  }

  private static KeyRecord record(KeyConfig key) {
    return new KeyRecord(
        key.name(),
        "",
        key.name(),
        "",
        Instant.EPOCH,
        null,
        null,
        key.tier(),
        key.rate(),
        key.burst() == 0 ? key.rate() : key.burst(),
        key.chains(),
        key.methods(),
        key.origins(),
        key.addresses());
  }
}
