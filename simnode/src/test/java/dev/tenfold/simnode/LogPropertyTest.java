package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.call;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.still;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LogPropertyTest {
  private final SimNode node = node();

  @Property(tries = 100)
  void logsAreThoseOfAllReceiptsThatMatch(
      @ForAll @IntRange(max = 120) int from,
      @ForAll @IntRange(max = 20) int length,
      @ForAll Random random) {
    int to = Math.min(120, from + length);
    ObjectNode filter = JsonRpc.MAPPER.createObjectNode();
    filter.put("fromBlock", Hex.quantity(from)).put("toBlock", Hex.quantity(to));
    List<JsonNode> all = logsOfReceipts(from, to);
    List<List<String>> topics = chooseTopics(all, random, filter);
    String address =
        all.isEmpty() || random.nextBoolean() ? "" : pick(all, random).path("address").asText();
    if (!address.isEmpty()) {
      filter.put("address", address);
    }

    JsonNode found = node.call("eth_getLogs", JsonRpc.MAPPER.createArrayNode().add(filter));

    List<JsonNode> expected =
        all.stream()
            .filter(log -> address.isEmpty() || address.equals(log.path("address").asText()))
            .filter(log -> matches(log.path("topics"), topics))
            .toList();
    assertThat(found).containsExactlyElementsOf(expected);
  }

  @Example
  void logIndexesCountThroughTheBlockAndTransactionsSum() {
    for (int number = 1; number <= 120; number++) {
      JsonNode block = call(node, "eth_getBlockByNumber", "['" + Hex.quantity(number) + "',true]");
      JsonNode receipts = receipts(number);
      int logs = 0;
      for (int i = 0; i < receipts.size(); i++) {
        JsonNode receipt = receipts.get(i);
        JsonNode transaction = block.path("transactions").get(i);
        assertThat(receipt.path("transactionHash")).isEqualTo(transaction.path("hash"));
        assertThat(receipt.path("blockHash")).isEqualTo(block.path("hash"));
        assertThat(receipt.path("effectiveGasPrice")).isEqualTo(transaction.path("gasPrice"));
        for (JsonNode log : receipt.path("logs")) {
          assertThat(log.path("logIndex").asText()).isEqualTo(Hex.quantity(logs++));
        }
      }
      assertThat(block.path("gasUsed"))
          .isEqualTo(receipts.get(receipts.size() - 1).path("cumulativeGasUsed"));
    }
  }

  @Example
  void badRangesAndTooManyResultsAreErrors() {
    assertThatThrownBy(() -> call(node, "eth_getLogs", "[{'fromBlock':'0x9','toBlock':'0x8'}]"))
        .hasMessage("invalid block range params");
    assertThatThrownBy(
            () -> call(node, "eth_getLogs", "[{'blockHash':'0x" + "ab".repeat(32) + "'}]"))
        .hasMessage("unknown block");
    assertThatThrownBy(
            () ->
                call(
                    node,
                    "eth_getLogs",
                    "[{'fromBlock':'0x1','blockHash':'0x" + "ab".repeat(32) + "'}]"))
        .hasMessageContaining("choose one or the other");
    SimNode strict = node(still().maxLogs(10).build());
    assertThatThrownBy(() -> call(strict, "eth_getLogs", "[{'fromBlock':'0x0'}]"))
        .hasMessage("query returned more than 10 results")
        .extracting(failure -> ((RpcFailure) failure).code())
        .isEqualTo(-32005);
  }

  private List<List<String>> chooseTopics(List<JsonNode> all, Random random, ObjectNode filter) {
    List<List<String>> topics = new ArrayList<>();
    ArrayNode json = filter.putArray("topics");
    int positions = all.isEmpty() ? 0 : random.nextInt(4);
    for (int i = 0; i < positions; i++) {
      List<String> choice = new ArrayList<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        JsonNode topic = pick(all, random).path("topics").path(i);
        if (topic.isTextual()) {
          choice.add(topic.asText());
        }
      }
      topics.add(choice);
      if (choice.isEmpty()) {
        json.addNull();
      } else if (choice.size() == 1) {
        json.add(choice.getFirst());
      } else {
        choice.forEach(json.addArray()::add);
      }
    }
    return topics;
  }

  private static boolean matches(JsonNode topics, List<List<String>> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      boolean there = i < topics.size();
      if (!there || !(wanted.get(i).isEmpty() || wanted.get(i).contains(topics.get(i).asText()))) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode pick(List<JsonNode> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private List<JsonNode> logsOfReceipts(int from, int to) {
    List<JsonNode> logs = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      receipts(number).forEach(receipt -> receipt.path("logs").forEach(logs::add));
    }
    return logs;
  }

  private JsonNode receipts(int number) {
    return call(node, "eth_getBlockReceipts", "['" + Hex.quantity(number) + "']");
  }
}
