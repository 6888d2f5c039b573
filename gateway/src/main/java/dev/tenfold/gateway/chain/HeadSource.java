package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * A node, seen by the one who follows the chain. No method fails: what a node does not answer is
 * empty. All are called from one event loop, and complete there.
 */
public interface HeadSource {
  /** What to call it in logs and metrics; never its address. */
  String name();

  /** How much its word counts where nodes are on different forks, 1 or more. */
  int weight();

  /** The tags that a node may know. */
  enum Tag {
    SAFE,
    FINALIZED
  }

  /**
   * What a node says of a block.
   *
   * @param block what it has there, or empty
   * @param answered false if the node did not answer at all, so that nothing can be concluded
   */
  record Said(Optional<BlockHeader> block, boolean answered) {
    /** No answer. */
    public static final Said NOTHING = new Said(Optional.empty(), false);

    /** The node has no such block, or does not know the tag. */
    public static final Said NONE = new Said(Optional.empty(), true);

    /** The node has this block there. */
    public static Said of(BlockHeader block) {
      return new Said(Optional.of(block), true);
    }
  }

  /**
   * Asks for the newest block, one question at a time; a node that was thought dead is probed by
   * this, and its chain is checked. A node that wants to be left alone is not asked: what it last
   * said stands.
   */
  Future<Said> newest();

  /** Asks for the block at a number. */
  Future<Said> at(long number);

  /** Asks for the block with a hash. */
  Future<Said> with(BlockHash hash);

  /** Asks for what the node names by a tag. */
  Future<Said> tagged(Tag tag);

  /**
   * Asks for the blocks from one number to another, both included, in one request. Empty unless
   * each of them was answered; whether they belong together is not checked.
   */
  Future<List<BlockHeader>> range(long from, long to);

  /**
   * Hears what was made of its answers.
   *
   * @param standing where it stands now
   */
  void stands(Standing standing);

  /**
   * Where a node stands.
   *
   * @param head the highest block of the followed chain that the node is known to have, or {@link
   *     dev.tenfold.gateway.rpc.Snapshot#UNKNOWN}
   * @param follows false while what it last reported is on another fork than the one followed
   * @param finalized the newest block that this node called final, or {@link
   *     dev.tenfold.gateway.rpc.Snapshot#UNKNOWN}; goes back only by a reset
   */
  record Standing(long head, boolean follows, long finalized) {
    /** Nothing is known of the node. */
    public static final Standing NONE = new Standing(-1, true, -1);
  }
}
