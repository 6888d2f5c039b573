package dev.tenfold.gateway.evm;

/** Blocks for tests: as many forks as wanted, each with a hash of its own at each number. */
public final class Blocks {
  private Blocks() {}

  /** The block of a fork at a number; its parent is that of the same fork. */
  public static BlockHeader at(long number, int fork) {
    return at(number, fork, LogsBloom.UNKNOWN);
  }

  public static BlockHeader at(long number, int fork, LogsBloom bloom) {
    return new BlockHeader(
        number, hash(number, fork), hash(number - 1, fork), 1_700_000_000 + number, 2, 0, bloom);
  }

  public static BlockHash hash(long number, int fork) {
    return new BlockHash(fork, 0xabcdef, -1, number);
  }

  /** As nodes tell of a block. */
  public static String json(BlockHeader block) {
    return "{\"number\":\"0x%x\",\"hash\":\"%s\",\"parentHash\":\"%s\",\"transactions\":[]}"
        .formatted(block.number(), block.hash(), block.parent());
  }

  /** As nodes tell of a transaction or a receipt in a block. */
  public static String part(BlockHeader block) {
    return "{\"blockNumber\":\"0x%x\",\"blockHash\":\"%s\"}"
        .formatted(block.number(), block.hash());
  }
}
