package dev.tenfold.gateway.access;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Methods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call of each method costs, in compute units: about how much work it is for a node. What
 * the configuration says goes before the defaults; a name before a beginning of names, and a longer
 * beginning before a shorter one. Immutable.
 */
public final class MethodCosts {
  /** The cost of a method that nothing else is said of. */
  static final int OTHER = 10;

  private static final Map<String, Integer> DEFAULTS =
      Map.ofEntries(
          Map.entry("eth_chainId", 1),
          Map.entry("net_version", 1),
          Map.entry("web3_clientVersion", 1),
          Map.entry("eth_blockNumber", 5),
          Map.entry("eth_gasPrice", 10),
          Map.entry("eth_getLogs", 60),
          Map.entry("eth_call", 20),
          Map.entry("eth_estimateGas", 20),
          Map.entry("eth_getBlockReceipts", 60),
          Map.entry("eth_getProof", 30),
          Map.entry("eth_createAccessList", 30),
          Map.entry("eth_sendRawTransaction", 40),
          Map.entry("debug_*", 200),
          Map.entry("trace_*", 150),
          Map.entry("trace_filter", 300));

  private final Map<String, Integer> byName = new HashMap<>();
  private final List<Map.Entry<String, Integer>> byPrefix = new ArrayList<>();

  /**
   * Puts the costs together.
   *
   * @param configured by name, or beginning of names and a star at the end
   */
  public MethodCosts(Map<String, Integer> configured) {
    Map<String, Integer> all = new HashMap<>(DEFAULTS);
    all.putAll(configured);
    all.forEach(this::add);
    byPrefix.sort(Comparator.comparingInt(entry -> -entry.getKey().length()));
    Methods.all().forEach(method -> byName.computeIfAbsent(method.name(), this::byPrefix));
  }

  private void add(String pattern, int cost) {
    if (pattern.endsWith("*")) {
      byPrefix.add(Map.entry(pattern.substring(0, pattern.length() - 1), cost));
    } else {
      byName.put(pattern, cost);
    }
  }

  /** One look-up for a method of the table. */
  int of(Method method) {
    Integer cost = byName.get(method.name());
    return cost == null ? byPrefix(method.name()) : cost;
  }

  private int byPrefix(String name) {
    for (Map.Entry<String, Integer> entry : byPrefix) {
      if (name.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    return OTHER;
  }
}
