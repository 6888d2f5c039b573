package dev.tenfold.gateway.access;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What all keys have used since this process began, in memory. Counted by event loops without a
 * lock; {@link #collect} takes one, which the others do not see.
 *
 * <p>Bounded: a cell for each key, chain and method of the table; all other methods together are
 * {@link #OTHER_METHODS}.
 */
public final class UsageBook {
  /** The name under which methods are counted that no table has. */
  public static final String OTHER_METHODS = "other";

  private static final Set<String> KNOWN =
      Methods.all().stream().map(Method::name).collect(Collectors.toUnmodifiableSet());

  private final ConcurrentHashMap<String, KeyUsage> byKey = new ConcurrentHashMap<>();

  /** What was used by a key on a chain of a method since the last time that it was asked for. */
  public record Used(String keyId, String chain, String method, UsageSums sums) {}

  /** The part of one key. */
  KeyUsage of(String keyId) {
    return byKey.computeIfAbsent(keyId, id -> new KeyUsage());
  }

  /** What was used since the last call. */
  public synchronized List<Used> collect() {
    List<Used> used = new ArrayList<>();
    byKey.forEach((keyId, usage) -> usage.collect(keyId, used));
    return used;
  }

  /** True once any key was used. */
  public boolean isUsed() {
    return !byKey.isEmpty();
  }

  /** The cells of one key. */
  static final class KeyUsage {
    private final ConcurrentHashMap<String, ConcurrentHashMap<String, UsageCell>> byChain =
        new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UsageCell, UsageSums> collected = new ConcurrentHashMap<>();

    UsageCell cell(String chain, Method method) {
      ConcurrentHashMap<String, UsageCell> cells = byChain.get(chain);
      UsageCell cell = cells == null ? null : cells.get(method.name());
      return cell == null ? make(chain, method) : cell;
    }

    private UsageCell make(String chain, Method method) {
      boolean known = KNOWN.contains(method.name());
      return byChain
          .computeIfAbsent(chain, name -> new ConcurrentHashMap<>())
          .computeIfAbsent(known ? method.name() : OTHER_METHODS, name -> new UsageCell());
    }

    private void collect(String keyId, List<Used> used) {
      byChain.forEach(
          (chain, cells) ->
              cells.forEach(
                  (method, cell) -> {
                    UsageSums now = cell.sums();
                    UsageSums since = now.minus(collected.getOrDefault(cell, UsageSums.NONE));
                    if (!since.isNone()) {
                      collected.put(cell, now);
                      used.add(new Used(keyId, chain, method, since));
                    }
                  }));
    }
  }
}
