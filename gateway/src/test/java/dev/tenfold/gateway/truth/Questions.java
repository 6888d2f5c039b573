package dev.tenfold.gateway.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.gateway.rpc.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes up calls, with a liking for the newest blocks and for what was asked a while ago. */
final class Questions {
  private static final int REPEATABLE = 48;
  private static final String TRANSFER =
      "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
  private static final String APPROVAL =
      "0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925";
  private static final String REVERTS = "reverts";
  private static final List<String> DATA =
      List.of("0x", "0x70a08231", "0x313ce567", "0x18160ddd00ab", REVERTS);
  private static final List<String> TOPICS =
      List.of(
          "[]",
          "[\"" + TRANSFER + "\"]",
          "[[\"" + TRANSFER + "\",\"" + APPROVAL + "\"]]",
          "[\"" + TRANSFER + "\",\"" + APPROVAL + "\"]",
          "[null,null]",
          "[null]",
          "[[],[]]",
          "[[\"" + APPROVAL + "\"]]");
  private static final List<String> TRACERS =
      List.of(
          "{\"tracer\":\"callTracer\"}",
          "{\"tracer\":\"{fault: function(a) {}}\",\"timeout\":\"3s\"}",
          "{\"tracer\":\"{Fault: function(A) {}}\",\"timeout\":\"3s\"}",
          "{\"tracer\":\"callTracer\",\"tracerConfig\":{\"onlyTopCall\":true}}");

  private final List<QueryTemplate> templates;
  private final Landmarks landmarks;
  private final Supplier<Snapshot> snapshots;
  private final Random random;
  private final List<Query> asked = new ArrayList<>();

  Questions(
      List<QueryTemplate> templates,
      Landmarks landmarks,
      Supplier<Snapshot> snapshots,
      Random random) {
    this.templates = templates;
    this.landmarks = landmarks;
    this.snapshots = snapshots;
    this.random = random;
  }

  /** The next one: half of the time one of those that were asked lately. */
  Query next() {
    if (!asked.isEmpty() && random.nextInt(100) < 55) {
      return asked.get(random.nextInt(asked.size()));
    }
    Query query = of(templates.get(random.nextInt(templates.size())));
    if (asked.size() == REPEATABLE) {
      asked.remove(random.nextInt(REPEATABLE));
    }
    asked.add(query);
    return query;
  }

  /** A call of that form. */
  Query of(QueryTemplate template) {
    Map<String, JsonNode> blocks = new TreeMap<>();
    String params = template.params();
    for (String place : List.of("$B", "$N", "$R", "$F", "$T")) {
      if (params.contains('"' + place + '"')) {
        blocks.put(place, block(place));
      }
    }
    orderEnds(blocks);
    if (params.contains("$H")) {
      blocks.put("$H", JsonNodeFactory.instance.textNode(landmarks.hash(number())));
    }
    return new Query(template.method(), template.kind(), Json.parse(filled(params)), blocks);
  }

  private String filled(String params) {
    String filled =
        params
            .replace("$A", landmarks.account())
            .replace("$C", landmarks.contract())
            .replace("$D", pick(DATA).replace(REVERTS, landmarks.reverting()))
            .replace("$S", "0x" + random.nextInt(2))
            .replace("$I", "0x" + random.nextInt(3))
            .replace("\"$O\"", pick(TOPICS))
            .replace("\"$J\"", pick(TRACERS));
    if (filled.contains("$X")) {
      filled = filled.replace("$X", landmarks.transaction(number()));
    }
    if (filled.contains("$Y")) {
      JsonNode transaction = landmarks.wholeTransaction(number());
      filled =
          filled
              .replace("$Y0", transaction.path("from").asText())
              .replace("$Y1", transaction.path("nonce").asText());
    }
    return filled;
  }

  private JsonNode block(String place) {
    boolean any = place.equals("$B") || place.equals("$R");
    int form = random.nextInt(any ? 10 : 7);
    return switch (form) {
      case 0, 1, 2 -> JsonNodeFactory.instance.textNode(tag());
      case 3, 4, 5, 6 -> Json.quantity(number());
      case 7 -> object("blockHash", landmarks.hash(number()));
      case 8 -> JsonNodeFactory.instance.textNode(landmarks.hash(number()));
      default ->
          place.equals("$B")
              ? object("blockNumber", Json.quantity(number()).asText())
              : Json.quantity(number());
    };
  }

  private static ObjectNode object(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  /** Most ranges are short and in order. */
  private void orderEnds(Map<String, JsonNode> blocks) {
    JsonNode first = blocks.get("$F");
    if (first != null && blocks.containsKey("$T") && first.asText().startsWith("0x")) {
      long from = Long.decode(first.asText());
      if (random.nextInt(8) > 0) {
        blocks.put("$T", Json.quantity(from + random.nextInt(4)));
      }
    }
  }

  private String tag() {
    return switch (random.nextInt(16)) {
      case 0, 1 -> "finalized";
      case 2, 3 -> "safe";
      case 4 -> "earliest";
      case 5 -> "pending";
      default -> "latest";
    };
  }

  /** A number: mostly of the last blocks, some around the final one, some old, some to come. */
  long number() {
    Snapshot snapshot = snapshots.get();
    long head = snapshot.head();
    long number =
        switch (random.nextInt(20)) {
          case 0, 1, 2, 3 -> head;
          case 4, 5, 6, 7, 8 -> head - 1 - random.nextInt(3);
          case 9, 10, 11, 12, 13 -> head - random.nextInt(36);
          case 14, 15, 16 -> Math.max(snapshot.finalized(), 0) + random.nextInt(7) - 3;
          case 17, 18 -> random.nextInt((int) Math.max(1, head));
          default -> head + 1 + random.nextInt(2);
        };
    return Math.max(0, number);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
