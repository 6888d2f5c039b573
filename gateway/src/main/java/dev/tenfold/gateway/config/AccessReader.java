package dev.tenfold.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the section {@code access}. */
final class AccessReader {
  private AccessReader() {}

  static AccessConfig read(Section section) {
    boolean requireKey = section.flag("require-key", false);
    List<KeyConfig> keys = section.list("keys").stream().map(AccessReader::key).toList();
    List<String> trustedProxies = section.texts("trusted-proxies");
    Map<String, TierConfig> tiers = new LinkedHashMap<>();
    section.section("tiers").all().forEach((name, tier) -> tiers.put(name, tier(tier)));
    String defaultTier = section.text("default-tier", "");
    String addressTier = section.text("address-tier", "");
    Section costs = section.section("units");
    Map<String, Integer> named = costs.integers();
    Map<String, Integer> units = costs.build(() -> AccessConfig.checkUnits(named));
    return section.build(
        () ->
            new AccessConfig(
                requireKey, keys, trustedProxies, tiers, defaultTier, addressTier, units));
  }

  private static KeyConfig key(Section section) {
    String name = section.text("name", "");
    String key = section.text("key", "");
    String tier = section.text("tier", "");
    int rate = section.integer("rate", 0);
    int burst = section.integer("burst", 0);
    List<String> chains = section.texts("chains");
    List<String> methods = section.texts("methods");
    List<String> origins = section.texts("origins");
    List<String> addresses = section.texts("addresses");
    return section.build(
        () -> new KeyConfig(name, key, tier, rate, burst, chains, methods, origins, addresses));
  }

  private static TierConfig tier(Section section) {
    int rate = section.integer("rate", 0);
    int burst = section.integer("burst", 0);
    int units = section.integer("units", 0);
    int unitsBurst = section.integer("units-burst", 0);
    long monthlyUnits = section.number("monthly-units").orElse(0L);
    int concurrency = section.integer("concurrency", 0);
    return section.build(
        () -> new TierConfig(rate, burst, units, unitsBurst, monthlyUnits, concurrency));
  }
}
