package dev.tenfold.simnode;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The chain at one moment. Does not change while a call is answered from it, whatever is mined or
 * reorganised meanwhile.
 */
final class ChainSnapshot {
  private final SimNodeOptions options;
  private final Book book;
  private final BlockRef[] refs;
  private final int length;
  private final List<Transaction> pool;

  /**
   * What is known for one generation of the chain.
   *
   * @param blocks by hash, as the node knows them: a rewind takes some out
   * @param sealed by hash, all that ever were
   * @param transactions where each ever was, by its hash
   */
  record Book(
      BlockSource source,
      Map<String, BlockRef> blocks,
      Map<String, BlockRef> sealed,
      Map<String, List<Place>> transactions) {
    Book(BlockSource source) {
      this(source, new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    /** A book of its own that says the same. */
    Book copy() {
      return new Book(
          source,
          new ConcurrentHashMap<>(blocks),
          new ConcurrentHashMap<>(sealed),
          new ConcurrentHashMap<>(transactions));
    }

    /** The same as if nothing had been taken back. */
    private Book whole() {
      return new Book(source, sealed, sealed, transactions);
    }
  }

  /** Where a transaction is. */
  record Place(BlockRef block, int index) {}

  private ChainSnapshot(
      SimNodeOptions options, Book book, BlockRef[] refs, int length, List<Transaction> pool) {
    this.options = options;
    this.book = book;
    this.refs = refs;
    this.length = length;
    this.pool = pool;
  }

  static ChainSnapshot genesis(SimNodeOptions options, Book book, BlockRef genesis) {
    return new ChainSnapshot(options, book, new BlockRef[] {genesis}, 1, List.of());
  }

  Book book() {
    return book;
  }

  SimNodeOptions options() {
    return options;
  }

  List<Transaction> pool() {
    return pool;
  }

  BlockRef head() {
    return refs[length - 1];
  }

  @Nullable BlockRef byNumber(long number) {
    return number >= 0 && number < length ? refs[(int) number] : null;
  }

  /** A canonical block, or an orphan if the node keeps them, that is not above the head. */
  @Nullable BlockRef byHash(String hash) {
    BlockRef ref = book.blocks().get(hash);
    boolean known =
        ref != null && ref.number() < length && (options.orphansKept() || isCanonical(ref));
    return known ? ref : null;
  }

  boolean isCanonical(BlockRef ref) {
    return byNumber(ref.number()) == ref;
  }

  Block block(BlockRef ref) {
    return book.source().block(ref);
  }

  /** Where a transaction is in this chain; null if it is pending, orphaned or unknown. */
  @Nullable Place place(String transactionHash) {
    List<Place> places = book.transactions().get(transactionHash);
    if (places != null) {
      for (Place place : places) {
        if (isCanonical(place.block())) {
          return place;
        }
      }
    }
    return null;
  }

  @Nullable Transaction pending(String transactionHash) {
    for (Transaction transaction : pool) {
      if (transaction.hash().equals(transactionHash)) {
        return transaction;
      }
    }
    return null;
  }

  /**
   * The block that is meant, or null where this chain has none. {@code pending} is the head.
   *
   * @throws RpcFailure for a tag that the node does not have, or an orphan where none is wanted
   */
  @Nullable BlockRef resolve(BlockId id) {
    return switch (id) {
      case BlockId.Tag tag -> tagged(tag);
      case BlockId.Height height -> byNumber(height.number());
      case BlockId.Hash hash -> {
        BlockRef ref = byHash(hash.hash());
        if (ref != null && hash.requireCanonical() && !isCanonical(ref)) {
          throw RpcFailure.server("hash is not currently canonical");
        }
        yield ref;
      }
    };
  }

  private BlockRef tagged(BlockId.Tag tag) {
    return switch (tag) {
      case EARLIEST -> refs[0];
      case LATEST, PENDING -> head();
      case SAFE -> behind(options.safeDistance(), tag);
      case FINALIZED -> behind(options.finalityDistance(), tag);
    };
  }

  private BlockRef behind(int distance, BlockId.Tag tag) {
    if (!options.finalityTags()) {
      throw RpcFailure.server(tag.word() + " block not found");
    }
    return refs[Math.max(0, length - 1 - distance)];
  }

  /** This chain with the head so many blocks lower, down to block 0. */
  ChainSnapshot behind(int blocks) {
    return blocks == 0
        ? this
        : new ChainSnapshot(options, book, refs, Math.max(1, length - blocks), pool);
  }

  /** The chain of which the block is the head, as if nothing in the book had been taken back. */
  ChainSnapshot at(Book known, BlockRef head) {
    return new ChainSnapshot(
        options, known.whole(), path(head), (int) head.number() + 1, List.of());
  }

  /** The same with that block as its head, to be extended. */
  ChainSnapshot on(BlockRef head) {
    return new ChainSnapshot(options, book, path(head), (int) head.number() + 1, pool);
  }

  private static BlockRef[] path(BlockRef head) {
    Deque<BlockRef> path = new ArrayDeque<>();
    for (BlockRef ref = head; ref != null; ref = ref.parent()) {
      path.addFirst(ref);
    }
    return path.toArray(BlockRef[]::new);
  }

  /**
   * This chain and one more block. Only the newest snapshot may be extended: older ones share its
   * array, and see nothing beyond their own length.
   */
  ChainSnapshot append(BlockRef ref, List<Transaction> rest) {
    BlockRef[] array = refs.length > length ? refs : Arrays.copyOf(refs, Math.max(256, 2 * length));
    array[length] = ref;
    return new ChainSnapshot(options, book, array, length + 1, rest);
  }

  /** The lowest blocks of this chain, to be extended on their own. */
  ChainSnapshot cut(int blocks, List<Transaction> newPool) {
    int rest = length - blocks;
    return new ChainSnapshot(options, book, Arrays.copyOf(refs, rest), rest, newPool);
  }

  /** The same as a node with these options shows it. */
  ChainSnapshot shownBy(SimNodeOptions node) {
    return new ChainSnapshot(node, book, refs, length, pool);
  }

  /** The same, to be extended apart from this one. */
  ChainSnapshot apart() {
    return new ChainSnapshot(options, book.copy(), Arrays.copyOf(refs, length), length, pool);
  }

  ChainSnapshot withPool(List<Transaction> newPool) {
    return new ChainSnapshot(options, book, refs, length, newPool);
  }
}
