package dev.tenfold.gateway.edge;

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
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Entrances for tests. */
final class Doors {
  private Doors() {}

  /** Lets everybody in, on no account. */
  static Entrance open() {
    return of(false, Map.of(), new Tiers(Map.of(), Limits.NONE, Limits.NONE), KeyDirectory.empty());
  }

  /** Knows these keys by their text. */
  static Entrance of(
      boolean requireKey, Map<String, KeyRecord> keys, Tiers tiers, KeyDirectory stored) {
    Map<KeyHash, Found> found = new HashMap<>();
    keys.forEach((text, key) -> found.put(KeyHash.of(text), new Found(key, null)));
    MethodCosts costs = new MethodCosts(Map.of());
    CallAccounts accounts =
        new CallAccounts(
            tiers,
            costs,
            new UsageBook(),
            key -> Future.succeededFuture(0L),
            System::nanoTime,
            InstantSource.system());
    return new Entrance(
        new Admission(requireKey, found, stored, accounts, InstantSource.system()),
        new Networks("trusted-proxies", List.of()));
  }
}
