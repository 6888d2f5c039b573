package dev.tenfold.gateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.gateway.accounts.UsageStore;
import java.time.Instant;
import java.util.Set;

/** {@code /v1/usage}. */
final class UsageRoutes {
  private static final int MOST_ROWS = 10_000;
  private static final int ROWS = 1_000;
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final UsageStore store;

  UsageRoutes(UsageStore store) {
    this.store = store;
  }

  Reply list(Ask ask) {
    ask.knowsOnly(Set.of("key", "from", "to", "limit"));
    int limit = ask.number("limit", ROWS);
    if (limit < 1 || limit > MOST_ROWS) {
      throw Problem.in("limit", "must be 1 to " + MOST_ROWS);
    }
    Instant from = time(ask, "from", Instant.EPOCH);
    Instant to = time(ask, "to", LATEST);
    ObjectNode json = Shapes.object();
    ArrayNode items = json.putArray("items");
    store.usage(ask.parameter("key"), from, to, limit).forEach(row -> items.add(Shapes.usage(row)));
    return Reply.ok(json);
  }

  private static Instant time(Ask ask, String name, Instant fallback) {
    String text = ask.parameter(name);
    return text == null ? fallback : Fields.time(name, text);
  }
}
