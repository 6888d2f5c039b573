package dev.tenfold.gateway.access;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.evm.Methods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a call of each method costs, in compute units: about how much work it is for a node. All
 * that the configuration says goes before the defaults; in each of them a name goes before a
 * beginning of names, and a longer beginning before a shorter one. Immutable.
 */
public final class MethodCosts {
  /** The cost of a method that nothing else is said of. */
  private static final int OTHER = 10;

  /** The cost of what is answered here. */
  private static final int LOCAL = 1;

  private static final Costs DEFAULTS =
      new Costs(
          Map.ofEntries(
              Map.entry("eth_blockNumber", 5),
              Map.entry("eth_getLogs", 60),
              Map.entry("eth_call", 20),
              Map.entry("eth_estimateGas", 20),
              Map.entry("eth_getBlockReceipts", 60),
              Map.entry("eth_getProof", 30),
              Map.entry("eth_createAccessList", 30),
              Map.entry("eth_sendRawTransaction", 40),
              Map.entry("debug_*", 200),
              Map.entry("trace_*", 150),
              Map.entry("trace_filter", 300)));

  private final Costs configured;
  private final Map<String, Integer> ofTable;

  /** Costs by name, and by beginning of names. */
  private static final class Costs {
    private final Map<String, Integer> byName = new HashMap<>();
    private final List<Map.Entry<String, Integer>> byPrefix = new ArrayList<>();

    Costs(Map<String, Integer> costs) {
      costs.forEach(this::add);
      byPrefix.sort(Comparator.comparingInt(entry -> -entry.getKey().length()));
    }

    private void add(String pattern, int cost) {
      if (pattern.endsWith("*")) {
        byPrefix.add(Map.entry(pattern.substring(0, pattern.length() - 1), cost));
      } else {
        byName.put(pattern, cost);
      }
    }

    @Nullable Integer of(String name) {
      Integer cost = byName.get(name);
      for (int i = 0; cost == null && i < byPrefix.size(); i++) {
        if (name.startsWith(byPrefix.get(i).getKey())) {
          cost = byPrefix.get(i).getValue();
        }
      }
      return cost;
    }
  }

  /**
   * Puts the costs together.
   *
   * @param configured by name, or beginning of names and a star at the end
   */
  public MethodCosts(Map<String, Integer> configured) {
    this.configured = new Costs(configured);
    ofTable =
        Methods.all().stream()
            .collect(Collectors.toUnmodifiableMap(Method::name, this::determined));
  }

  /** One look-up for a method of the table. */
  int of(Method method) {
    Integer cost = ofTable.get(method.name());
    return cost == null ? determined(method) : cost;
  }

  private int determined(Method method) {
    Integer cost = configured.of(method.name());
    if (cost == null) {
      cost = DEFAULTS.of(method.name());
    }
    if (cost == null) {
      cost = method.methodClass() == MethodClass.LOCAL ? LOCAL : OTHER;
    }
    return cost;
  }
}
