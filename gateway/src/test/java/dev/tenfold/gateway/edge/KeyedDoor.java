package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.access.Admission;
import dev.tenfold.gateway.access.CallAccounts;
import dev.tenfold.gateway.access.KeyBuilder;
import dev.tenfold.gateway.access.KeyDirectory;
import dev.tenfold.gateway.access.KeyDirectory.Found;
import dev.tenfold.gateway.access.KeyDirectory.Lookup;
import dev.tenfold.gateway.access.KeyDirectory.Unknown;
import dev.tenfold.gateway.access.KeyHash;
import dev.tenfold.gateway.access.KeyRecord;
import dev.tenfold.gateway.access.Limits;
import dev.tenfold.gateway.access.MethodCosts;
import dev.tenfold.gateway.access.Networks;
import dev.tenfold.gateway.access.Tiers;
import dev.tenfold.gateway.access.UsageBook;
import dev.tenfold.gateway.access.UsageBook.Used;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An entrance of which the test holds the keys, the directory and the clock of the limits. */
final class KeyedDoor {
  /** Every key is read from here; one that is not in it is looked up. */
  private final Map<KeyHash, Lookup> known = new ConcurrentHashMap<>();

  /** Look-ups stand here until the test answers them. */
  final Queue<Promise<Lookup>> lookups = new ConcurrentLinkedQueue<>();

  final AtomicLong nanos = new AtomicLong();
  final UsageBook usage = new UsageBook();
  private boolean requireKey;
  private Limits ofKeys = Limits.NONE;
  private Limits ofAddresses = Limits.NONE;
  private List<String> trustedProxies = List.of();

  /** Knows this key, by its text, under its text with "-id" behind it. */
  KeyedDoor knows(String text) {
    return knows(text, KeyBuilder.key(text + "-id").record());
  }

  KeyedDoor knows(String text, KeyRecord record) {
    return says(text, new Found(record, null));
  }

  KeyedDoor says(String text, Lookup lookup) {
    known.put(KeyHash.of(text), lookup);
    return this;
  }

  KeyedDoor knowsNot(String text) {
    return says(text, Unknown.SUCH);
  }

  KeyedDoor requiresKeys() {
    requireKey = true;
    return this;
  }

  KeyedDoor keysMay(Limits limits) {
    ofKeys = limits;
    return this;
  }

  KeyedDoor addressesMay(Limits limits) {
    ofAddresses = limits;
    return this;
  }

  KeyedDoor trusts(String... proxies) {
    trustedProxies = List.of(proxies);
    return this;
  }

  EdgeFixture fixture() throws Exception {
    return fixture(true);
  }

  EdgeFixture fixture(boolean knows) throws Exception {
    return new EdgeFixture(EdgeFixture.LIMITS, Optional.empty(), knows, entrance());
  }

  private Entrance entrance() {
    CallAccounts accounts =
        new CallAccounts(
            new Tiers(Map.of(), ofKeys, ofAddresses),
            new MethodCosts(Map.of()),
            usage,
            key -> Future.succeededFuture(0L),
            nanos::get,
            InstantSource.system());
    return new Entrance(
        new Admission(requireKey, Map.of(), new Directory(), accounts, InstantSource.system()),
        new Networks("trusted-proxies", trustedProxies));
  }

  /** The ids of the keys that were used since the last time. */
  List<String> used() {
    return usage.collect().stream().map(Used::keyId).distinct().sorted().toList();
  }

  private final class Directory implements KeyDirectory {
    @Override
    public @Nullable Lookup known(KeyHash hash) {
      return known.get(hash);
    }

    @Override
    public Future<Lookup> find(KeyHash hash) {
      Promise<Lookup> lookup = Promise.promise();
      lookups.add(lookup);
      return lookup.future();
    }
  }
}
