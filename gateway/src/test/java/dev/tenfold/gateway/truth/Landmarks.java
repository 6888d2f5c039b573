package dev.tenfold.gateway.truth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenfold.simnode.SimNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** What there is on the chain to ask about: blocks and transactions, also such as are no more. */
final class Landmarks {
  private static final int REMEMBERED = 64;
  private static final String NOBODY = "0x" + "ee".repeat(32);

  private final SimNode node;
  private final Random random;
  private final List<JsonNode> lost = new ArrayList<>();
  private final String reverting;

  /**
   * Looks at the chain of a node.
   *
   * @param node is asked without being counted, and without lag
   */
  Landmarks(SimNode node, Random random) {
    this.node = node;
    this.random = random;
    String name = "0x" + HexFormat.of().formatHex("sim_revert()".getBytes(US_ASCII));
    this.reverting = Json.call(node, "web3_sha3", Json.array(name)).asText().substring(0, 10);
  }

  /** Call data on which every contract reverts. */
  String reverting() {
    return reverting;
  }

  /** To be called before the newest blocks leave the chain: they will be asked about. */
  void losing(int blocks) {
    long head = node.chain().headNumber();
    for (long number = head; number > Math.max(0, head - Math.min(blocks, 8)); number--) {
      lost.add(block(number));
    }
    while (lost.size() > REMEMBERED) {
      lost.removeFirst();
    }
  }

  /** A block that left the chain; null if none did. */
  JsonNode anyLost() {
    return lost.isEmpty() ? block(0) : pick(lost);
  }

  /** The hash of a block around that number: of the chain, of an orphan, of none. */
  String hash(long around) {
    return switch (random.nextInt(16)) {
      case 0 -> NOBODY;
      case 1, 2, 3 -> anyLost().path("hash").asText();
      default -> block(around).path("hash").asText();
    };
  }

  /** A transaction of a block around that number: of the chain, of an orphan, of none. */
  String transaction(long around) {
    return switch (random.nextInt(16)) {
      case 0 -> NOBODY;
      case 1, 2, 3, 4 -> transactionOf(anyLost());
      default -> transactionOf(block(around));
    };
  }

  private String transactionOf(JsonNode block) {
    JsonNode hashes = block.path("transactions");
    return hashes.isEmpty() ? NOBODY : hashes.get(random.nextInt(hashes.size())).asText();
  }

  /** A transaction of the chain, whole. */
  JsonNode wholeTransaction(long around) {
    String hash = block(Math.max(1, around)).path("transactions").get(0).asText();
    return Json.call(node, "eth_getTransactionByHash", Json.array(hash));
  }

  String account() {
    return node.chain().accounts().get(random.nextInt(4));
  }

  String contract() {
    return node.chain().contracts().get(random.nextInt(4));
  }

  private JsonNode block(long around) {
    long number = Math.clamp(around, 0, node.chain().headNumber());
    return Json.call(node, "eth_getBlockByNumber", Json.array("0x" + Long.toHexString(number)));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
