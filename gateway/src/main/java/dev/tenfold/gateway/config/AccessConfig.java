package dev.tenfold.gateway.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may call, and how much.
 *
 * @param requireKey true if a call without a key is refused
 * @param keys keys that need no database
 * @param trustedProxies addresses or networks whose {@code X-Forwarded-For} is believed
 * @param tiers limits by name
 * @param defaultTier the tier of keys that name none; empty for no limit
 * @param addressTier the tier of each address that calls without a key; empty for no limit
 * @param units the cost of methods in compute units, by name, or beginning of names and a star
 */
public record AccessConfig(
    boolean requireKey,
    List<KeyConfig> keys,
    List<String> trustedProxies,
    Map<String, TierConfig> tiers,
    String defaultTier,
    String addressTier,
    Map<String, Integer> units) {
  public static final AccessConfig DEFAULT =
      new AccessConfig(false, List.of(), List.of(), Map.of(), "", "", Map.of());

  private static final int MOST_UNITS = 100_000;
  private static final Pattern TIER = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public AccessConfig {
    keys = List.copyOf(keys);
    trustedProxies = List.copyOf(trustedProxies);
    tiers = Collections.unmodifiableMap(new LinkedHashMap<>(tiers));
    units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
    checkUnits(units);
    Rules.networks("trusted-proxies", trustedProxies);
    Rules.all("tiers", tiers.keySet(), TIER, "a name has 1 to 64 letters, digits, ., _ and -");
    known(tiers, "default-tier", defaultTier);
    known(tiers, "address-tier", addressTier);
    unique(tiers, keys);
  }

  /** Refuses with the method as the key. */
  static Map<String, Integer> checkUnits(Map<String, Integer> units) {
    units.forEach(
        (method, cost) -> {
          Rules.methods(method, List.of(method));
          Rules.range(method, cost, 0, MOST_UNITS);
        });
    return units;
  }

  private static void known(Map<String, TierConfig> tiers, String key, String tier) {
    if (!tier.isEmpty() && !tiers.containsKey(tier)) {
      throw Rules.refuse(
          key, Rules.quoted(tier), "it must be one of access.tiers: " + tiers.keySet());
    }
  }

  private static void unique(Map<String, TierConfig> tiers, List<KeyConfig> keys) {
    Set<String> names = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    for (KeyConfig key : keys) {
      known(tiers, "keys", key.tier());
      if (!names.add(key.name())) {
        throw Rules.refuse("keys", Rules.quoted(key.name()), "each key has a name of its own");
      }
      if (!secrets.add(key.key())) {
        throw new ConfigException("keys", "has the key of " + key.name() + " twice");
      }
    }
  }
}
