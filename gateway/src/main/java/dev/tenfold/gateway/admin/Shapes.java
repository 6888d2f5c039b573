package dev.tenfold.gateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.gateway.access.KeyRecord;
import dev.tenfold.gateway.accounts.IssuedKey;
import dev.tenfold.gateway.accounts.Page;
import dev.tenfold.gateway.accounts.UsageRow;
import dev.tenfold.gateway.accounts.User;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the API shows, as JSON. Times are in RFC 3339, in UTC. */
final class Shapes {
  private static final double MICROS_A_MILLI = 1e3;

  private Shapes() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode user(User user) {
    return object()
        .put("id", user.id())
        .put("name", user.name())
        .put("email", user.email())
        .put("created_at", user.createdAt().toString());
  }

  /** With the secret, which is shown this once. */
  static ObjectNode issued(IssuedKey issued) {
    ObjectNode json = key(issued.key());
    json.put("key", issued.secret().secret());
    return json;
  }

  static ObjectNode key(KeyRecord key) {
    ObjectNode json = object();
    json.put("id", key.id()).put("user_id", key.userId()).put("name", key.name());
    json.put("hint", key.hint()).put("created_at", key.createdAt().toString());
    json.put("expires_at", time(key.expiresAt())).put("revoked_at", time(key.revokedAt()));
    json.put("tier", key.tier()).put("rate", key.rate()).put("burst", key.burst());
    json.set("chains", texts(key.chains()));
    json.set("methods", texts(key.methods()));
    json.set("origins", texts(key.origins()));
    json.set("addresses", texts(key.addresses()));
    return json;
  }

  static ObjectNode usage(UsageRow row) {
    ObjectNode json = object();
    json.put("key", row.keyId()).put("chain", row.chain()).put("method", row.method());
    json.put("hour", row.hour().toString());
    json.put("calls", row.calls()).put("hits", row.hits()).put("errors", row.errors());
    json.put("units", row.units()).put("bytes", row.bytes());
    json.putObject("saved")
        .put("units", row.savedUnits())
        .put("upstream_ms", row.savedMicros() / MICROS_A_MILLI);
    return json;
  }

  static <T> ObjectNode page(Page<T> page, Function<T, ObjectNode> shape) {
    ObjectNode json = object();
    ArrayNode items = json.putArray("items");
    page.items().forEach(item -> items.add(shape.apply(item)));
    json.put("next", page.next());
    return json;
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
