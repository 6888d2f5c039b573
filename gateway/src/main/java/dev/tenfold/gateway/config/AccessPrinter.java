package dev.tenfold.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the section {@code access} as YAML, with secrets masked: a key a line, a tier a line. */
final class AccessPrinter {
  private AccessPrinter() {}

  static List<String> lines(AccessConfig access) {
    List<String> lines = new ArrayList<>();
    lines.add("require-key: " + access.requireKey());
    lines.add(access.keys().isEmpty() ? "keys: []" : "keys:");
    access.keys().forEach(key -> lines.add("  - " + key(key)));
    lines.add("trusted-proxies: " + ConfigPrinter.texts(access.trustedProxies()));
    lines.add(access.tiers().isEmpty() ? "tiers: {}" : "tiers:");
    access.tiers().forEach((name, tier) -> lines.add("  " + quoted(name) + ": " + tier(tier)));
    lines.add("default-tier: " + ConfigPrinter.text(access.defaultTier()));
    lines.add("address-tier: " + ConfigPrinter.text(access.addressTier()));
    lines.add(
        access.units().entrySet().stream()
            .map(entry -> quoted(entry.getKey()) + ": " + entry.getValue())
            .collect(Collectors.joining(", ", "units: {", "}")));
    return lines;
  }

  private static String key(KeyConfig key) {
    return "{ name: %s, key: \"***\", tier: %s, rate: %d, burst: %d, chains: %s, methods: %s, origins: %s, addresses: %s }"
        .formatted(
            quoted(key.name()),
            quoted(key.tier()),
            key.rate(),
            key.burst(),
            quoted(key.chains()),
            quoted(key.methods()),
            quoted(key.origins()),
            quoted(key.addresses()));
  }

  private static String tier(TierConfig tier) {
    return "{ rate: %d, burst: %d, units: %d, units-burst: %d, monthly-units: %d, concurrency: %d }"
        .formatted(
            tier.rate(),
            tier.burst(),
            tier.units(),
            tier.unitsBurst(),
            tier.monthlyUnits(),
            tier.concurrency());
  }

  private static List<String> quoted(List<String> texts) {
    return texts.stream().map(AccessPrinter::quoted).toList();
  }

  private static String quoted(String text) {
    return ConfigPrinter.quoted(text);
  }
}
