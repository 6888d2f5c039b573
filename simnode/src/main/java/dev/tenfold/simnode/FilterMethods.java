package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters: what happened since the last question. They belong to the node that made them. */
final class FilterMethods {
  private final SimulatedChain chain;
  private final Map<String, Filter> filters = new HashMap<>();
  private int made;

  private FilterMethods(SimulatedChain chain) {
    this.chain = chain;
  }

  /** What a filter looks for and how far it has looked; guarded by the outer object. */
  private static final class Filter {
    private final @Nullable JsonNode criteria;
    private final boolean pending;
    private BlockRef seen;
    private int arrivals;

    Filter(@Nullable JsonNode criteria, boolean pending, BlockRef seen, int arrivals) {
      this.criteria = criteria;
      this.pending = pending;
      this.seen = seen;
      this.arrivals = arrivals;
    }
  }

  static void register(Map<String, MethodHandler> methods, SimulatedChain chain) {
    FilterMethods filters = new FilterMethods(chain);
    methods.put("eth_newFilter", filters::newLogFilter);
    methods.put("eth_newBlockFilter", (view, params) -> filters.add(view, null, false));
    methods.put("eth_newPendingTransactionFilter", (view, params) -> filters.add(view, null, true));
    methods.put("eth_getFilterChanges", filters::changes);
    methods.put("eth_getFilterLogs", filters::logs);
    methods.put("eth_uninstallFilter", (view, params) -> filters.remove(params));
  }

  private JsonNode newLogFilter(ChainSnapshot view, Params params) {
    JsonNode criteria = LogMethods.filter(params);
    LogFilter.of(criteria);
    return add(view, criteria, false);
  }

  private synchronized JsonNode add(
      ChainSnapshot view, @Nullable JsonNode criteria, boolean pending) {
    String id = Keccak.hex("filter " + ++made).substring(0, 34);
    String quantity = "0x" + id.substring(2).replaceFirst("^0+", "");
    filters.put(quantity, new Filter(criteria, pending, view.head(), chain.arrivals(0).size()));
    return BlockJson.text(quantity);
  }

  private synchronized JsonNode remove(Params params) {
    return BooleanNode.valueOf(filters.remove(params.text(0)) != null);
  }

  private synchronized JsonNode logs(ChainSnapshot view, Params params) {
    Filter filter = find(params);
    if (filter.criteria == null) {
      throw RpcFailure.server("filter not found");
    }
    return LogFilter.of(filter.criteria).find(view, filter.criteria);
  }

  private synchronized JsonNode changes(ChainSnapshot view, Params params) {
    Filter filter = find(params);
    ArrayNode changes = BlockJson.array();
    if (filter.pending) {
      for (String hash : chain.arrivals(filter.arrivals)) {
        changes.add(hash);
        filter.arrivals++;
      }
      return changes;
    }
    walk(view, filter, changes);
    filter.seen = view.head();
    return changes;
  }

  private Filter find(Params params) {
    Filter filter = filters.get(params.text(0));
    if (filter == null) {
      throw RpcFailure.server("filter not found");
    }
    return filter;
  }

  /** First what was orphaned since, newest first, then what is new, oldest first. */
  private static void walk(ChainSnapshot view, Filter filter, ArrayNode changes) {
    JsonNode criteria = filter.criteria;
    LogFilter wanted = criteria == null ? null : LogFilter.of(criteria);
    BlockRef fork = filter.seen;
    while (!view.isCanonical(fork) && fork.parent() != null) {
      if (wanted != null) {
        wanted.collect(view.block(fork), true, changes);
      }
      fork = fork.parent();
    }
    Deque<BlockRef> fresh = new ArrayDeque<>();
    for (BlockRef ref = view.head(); ref.number() > fork.number(); ref = parent(ref)) {
      fresh.addFirst(ref);
    }
    for (BlockRef ref : fresh) {
      if (wanted == null) {
        changes.add(ref.hash());
      } else {
        wanted.collect(view.block(ref), false, changes);
      }
    }
  }

  private static BlockRef parent(BlockRef ref) {
    BlockRef parent = ref.parent();
    if (parent == null) {
      throw new IllegalStateException("block 0 has no parent");
    }
    return parent;
  }
}
