package dev.tenfold.demo.steps;

import java.util.Arrays;
import java.util.List;

/** What a user can ask for. */
enum Lookup {
  /** A block, by its number. */
  BLOCK("app_block", "eth_getBlockByNumber"),
  /** What became of the transactions of a block. */
  RECEIPTS("app_receipts", "eth_getBlockReceipts"),
  /** What an address has now. */
  BALANCE("app_balance", "eth_getBalance");

  private final String method;
  private final String nodeMethod;

  Lookup(String method, String nodeMethod) {
    this.method = method;
    this.nodeMethod = nodeMethod;
  }

  static Lookup of(String method) throws BadQuestionException {
    return Arrays.stream(values())
        .filter(lookup -> lookup.method.equals(method))
        .findFirst()
        .orElseThrow(() -> new BadQuestionException("there is no method " + method));
  }

  /** What the user calls it. */
  String method() {
    return method;
  }

  /** What the node calls it. */
  String nodeMethod() {
    return nodeMethod;
  }

  /** What the node wants to know. */
  List<Object> nodeParams(String subject) {
    return switch (this) {
      case BLOCK -> List.of(subject, false); // transactions by their hashes
      case RECEIPTS -> List.of(subject);
      case BALANCE -> List.of(subject, "latest");
    };
  }

  /** Whether the answer can be another one later. */
  boolean changes() {
    return this == BALANCE;
  }
}
