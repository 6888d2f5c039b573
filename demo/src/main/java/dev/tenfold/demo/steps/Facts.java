package dev.tenfold.demo.steps;

/** What the user is told of the chain: less than what the node says. Immutable. */
sealed interface Facts {

  /** Of a block. */
  record Block(long number, String hash, long time, long gasUsed, int transactions)
      implements Facts {}

  /** Of the transactions of a block, together. */
  record Receipts(int count, int failed, int logs, long gasUsed) implements Facts {}

  /** Of an address, in wei. */
  record Balance(String wei) implements Facts {}

  /** A number as nodes write it, such as 0x1b4. */
  static long quantity(String hex) {
    return Long.parseLong(hex.substring(2), 16);
  }
}
