package dev.tenfold.gateway.access;

import java.util.Map;

/**
 * Which limits a caller has. Immutable.
 *
 * @param byName the tiers of the configuration
 * @param ofKeys of a key that names none
 * @param ofAddresses of an address that calls without a key
 */
public record Tiers(Map<String, Limits> byName, Limits ofKeys, Limits ofAddresses) {
  public Tiers {
    byName = Map.copyOf(byName);
  }

  /**
   * The limits of a key. A tier that the configuration does not have any more is as none: the
   * default ones hold.
   */
  Limits of(KeyRecord key) {
    Limits tier = byName.getOrDefault(key.tier(), ofKeys);
    return key.rate() == 0 ? tier : tier.withRate(key.rate(), key.burst());
  }

  /** True if there is a tier of this name; the empty name is the default one's. */
  public boolean has(String name) {
    return name.isEmpty() || byName.containsKey(name);
  }
}
