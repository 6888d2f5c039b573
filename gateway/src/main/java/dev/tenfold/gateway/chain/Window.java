package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest blocks of a chain, without a gap, each the parent of the next by its hash. Immutable;
 * every change makes another window, by a copy of at most {@link #LIMIT} references (32 KiB).
 *
 * <p>What does not link is refused with {@link IllegalArgumentException}: it never gets in.
 */
final class Window {
  /** The most blocks that it holds; the oldest make room. */
  static final int LIMIT = 8_192;

  static final Window EMPTY = new Window(new BlockHeader[0]);

  private final BlockHeader[] blocks;

  private Window(BlockHeader[] blocks) {
    this.blocks = blocks;
  }

  /** A window of these blocks, from the oldest to the newest. */
  static Window of(List<BlockHeader> linked) {
    return EMPTY.joined(0, linked);
  }

  int size() {
    return blocks.length;
  }

  /** The newest block; null in an empty window. */
  @Nullable BlockHeader head() {
    return blocks.length == 0 ? null : blocks[blocks.length - 1];
  }

  /** The newest block's number, or {@link Snapshot#UNKNOWN}. */
  long headNumber() {
    return blocks.length == 0 ? Snapshot.UNKNOWN : blocks[blocks.length - 1].number();
  }

  /** The oldest block; null in an empty window. */
  @Nullable BlockHeader oldest() {
    return blocks.length == 0 ? null : blocks[0];
  }

  /** The oldest block's number, or {@link Snapshot#UNKNOWN}. */
  long floor() {
    return blocks.length == 0 ? Snapshot.UNKNOWN : blocks[0].number();
  }

  /** The block at this number, or null. An array read. */
  @Nullable BlockHeader block(long number) {
    return blocks.length == 0 || number < blocks[0].number() || number > headNumber()
        ? null
        : blocks[(int) (number - blocks[0].number())];
  }

  /** The block with this hash, or null. Walks the window from the head down. */
  @Nullable BlockHeader block(BlockHash hash) {
    for (int i = blocks.length - 1; i >= 0; i--) {
      if (blocks[i].hash().equals(hash)) {
        return blocks[i];
      }
    }
    return null;
  }

  /** The blocks after this number, to the one at the other; both are in the window. */
  List<BlockHeader> between(long after, long to) {
    return List.of(blocks).subList((int) (after - floor()) + 1, (int) (to - floor()) + 1);
  }

  /** True if this very block is in the window. */
  boolean has(BlockHeader block) {
    BlockHeader ours = block(block.number());
    return ours != null && ours.hash().equals(block.hash());
  }

  /** The block of the window that this one comes after, or null. */
  @Nullable BlockHeader parentOf(BlockHeader block) {
    BlockHeader before = block(block.number() - 1);
    return before != null && block.isChildOf(before) ? before : null;
  }

  /** With these blocks after the head. */
  Window append(List<BlockHeader> linked) {
    if (linked.getFirst().number() != headNumber() + 1) {
      throw new IllegalArgumentException("not after the head: " + linked.getFirst());
    }
    return joined(blocks.length, linked);
  }

  /** With these blocks in place of all from the number of the first one on. */
  Window replace(List<BlockHeader> linked) {
    BlockHeader before = parentOf(linked.getFirst());
    if (before == null) {
      throw new IllegalArgumentException("no parent in the window: " + linked.getFirst());
    }
    return joined((int) (before.number() - floor()) + 1, linked);
  }

  /** Without the blocks above this number, which is in the window. */
  Window truncate(long number) {
    if (block(number) == null) {
      throw new IllegalArgumentException("not in the window: " + number);
    }
    return joined((int) (number - floor()) + 1, List.of());
  }

  /** With these blocks before the oldest one, as far as there is room. */
  Window extendDown(List<BlockHeader> linked) {
    Window below = of(linked);
    BlockHeader oldest = oldest();
    BlockHeader last = below.head();
    if (oldest == null || last == null || !oldest.isChildOf(last)) {
      throw new IllegalArgumentException("not before the window");
    }
    int more = Math.min(below.size(), LIMIT - blocks.length);
    BlockHeader[] longer = new BlockHeader[more + blocks.length];
    System.arraycopy(below.blocks, below.size() - more, longer, 0, more);
    System.arraycopy(blocks, 0, longer, more, blocks.length);
    return new Window(longer);
  }

  /** The oldest so many blocks, and after them these; the newest of all that. */
  private Window joined(int kept, List<BlockHeader> linked) {
    int drop = Math.max(0, kept + linked.size() - LIMIT);
    int keep = Math.max(0, kept - drop);
    List<BlockHeader> added = linked.subList(Math.max(0, linked.size() - LIMIT), linked.size());
    BlockHeader[] joined = new BlockHeader[keep + added.size()];
    System.arraycopy(blocks, kept - keep, joined, 0, keep);
    for (int i = 0; i < added.size(); i++) {
      BlockHeader block = added.get(i);
      int at = keep + i;
      if (at > 0 && !block.isChildOf(joined[at - 1])) {
        throw new IllegalArgumentException("does not link: " + block);
      }
      joined[at] = block;
    }
    return new Window(joined);
  }
}
