package dev.tenfold.gateway.telemetry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.gateway.rpc.MissReason;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * Why calls were not answered from memory, as JSON: by method, those with the most misses first,
 * and by reason, with one recent example of each.
 */
public final class MissesPage {
  private final ObjectMapper json = new ObjectMapper();
  private final CacheCounts cache;

  public MissesPage(CacheCounts cache) {
    this.cache = cache;
  }

  /** The page. */
  public String page() {
    ObjectNode page = json.createObjectNode();
    page.put("hits", cache.hits());
    page.put("misses", cache.misses());
    ObjectNode methods = page.putObject("methods");
    cache.all().stream()
        .filter(counts -> counts.hits() + counts.misses() > 0)
        .sorted(
            Comparator.comparingLong((MethodCounts counts) -> counts.misses())
                .reversed()
                .thenComparing(MethodCounts::method))
        .forEach(counts -> describe(methods.putObject(counts.method()), counts));
    return page.toPrettyString() + "\n";
  }

  private static void describe(ObjectNode node, MethodCounts counts) {
    node.put("hits", counts.hits());
    node.put("misses", counts.misses());
    ObjectNode reasons = node.putObject("reasons");
    for (MissReason reason : MissReason.values()) {
      if (counts.misses(reason) > 0) {
        describe(reasons.putObject(reason.token()), counts, reason);
      }
    }
  }

  private static void describe(ObjectNode node, MethodCounts counts, MissReason reason) {
    node.put("count", counts.misses(reason));
    node.put("meaning", reason.explanation());
    MissExample example = counts.example(reason);
    if (example != null) {
      describe(node.putObject("example"), example);
    }
  }

  private static void describe(ObjectNode node, MissExample example) {
    node.put("at", example.at().truncatedTo(ChronoUnit.MILLIS).toString());
    node.put("chain", example.chain());
    node.put("method", example.method());
    if (!example.params().isEmpty()) {
      node.put("params", example.params());
    }
  }
}
