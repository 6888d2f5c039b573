package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.LogsBloom;
import java.util.ArrayList;
import java.util.List;

/** Blocks for tests: a chain is the list of its blocks, from block 0 on. */
final class Blocks {
  private Blocks() {}

  /** The blocks from 0 to the head, 12 s apart. */
  static List<BlockHeader> chain(int fork, int head) {
    return grow(List.of(), fork, head + 1);
  }

  /** A chain with so many more blocks, of the given fork. */
  static List<BlockHeader> grow(List<BlockHeader> chain, int fork, int count) {
    List<BlockHeader> longer = new ArrayList<>(chain);
    for (int i = 0; i < count; i++) {
      longer.add(next(longer.isEmpty() ? null : longer.getLast(), fork));
    }
    return longer;
  }

  /** The chain up to this block, and from there on so many blocks of another fork. */
  static List<BlockHeader> fork(List<BlockHeader> chain, int last, int fork, int count) {
    return grow(chain.subList(0, last + 1), fork, count);
  }

  static BlockHeader next(@org.jspecify.annotations.Nullable BlockHeader parent, int fork) {
    long number = parent == null ? 0 : parent.number() + 1;
    BlockHash before = parent == null ? new BlockHash(0, 0, 0, 0) : parent.hash();
    return new BlockHeader(
        number,
        new BlockHash(number, fork, before.b() * 31 + before.d() + fork, 1),
        before,
        12 * number,
        0,
        0,
        LogsBloom.EMPTY);
  }
}
