package dev.tenfold.gateway.admin;

import dev.tenfold.gateway.access.Networks;
import dev.tenfold.gateway.access.Tiers;
import dev.tenfold.gateway.accounts.NewKey;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What of a new key only this gateway's configuration can judge: a name that is not there. */
public final class KeyRules {
  private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9_]+\\*?|\\*");
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s]+");

  private final Set<String> chains;
  private final Tiers tiers;

  /** The rules of a gateway with these chains and tiers. */
  public KeyRules(Set<String> chains, Tiers tiers) {
    this.chains = Set.copyOf(chains);
    this.tiers = tiers;
  }

  void check(NewKey key) {
    if (!tiers.has(key.tier())) {
      throw Problem.in("tier", "must be one of access.tiers");
    }
    if (!chains.containsAll(key.chains())) {
      throw Problem.in("chains", "must be names of chains of this gateway");
    }
    all("methods", key.methods(), METHOD, "must be names of methods, or beginnings and a star");
    all("origins", key.origins(), ORIGIN, "must be origins such as https://app.example");
    try {
      var _ = new Networks("addresses", key.addresses());
    } catch (IllegalArgumentException _) {
      throw Problem.in("addresses", "must be IP addresses, or networks such as 10.0.0.0/8");
    }
  }

  private static void all(String field, List<String> texts, Pattern pattern, String rule) {
    if (!texts.stream().allMatch(text -> pattern.matcher(text).matches())) {
      throw Problem.in(field, rule);
    }
  }
}
