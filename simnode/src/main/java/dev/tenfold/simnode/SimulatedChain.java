package dev.tenfold.simnode;

import dev.tenfold.simnode.BlockPlan.Origin;
import dev.tenfold.simnode.ChainSnapshot.Book;
import dev.tenfold.simnode.ChainSnapshot.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A chain that follows from a seed and from what was asked of it since. Any number of {@link
 * SimNode}s may show it. Thread-safe; each change is seen whole or not at all.
 *
 * <p>Blocks appear with the clock, but no thread is at work: those that are due are made when the
 * chain is next looked at. Memory grows with each block ever sealed, by about a kilobyte.
 */
public final class SimulatedChain {
  private static final String NO_PARENT = "0x" + "0".repeat(64);
  private static final int MOST_CARRIED = 4;

  private final SimNodeOptions options;
  private final InstantSource clock;
  private final List<String> arrivals = new ArrayList<>();
  private volatile Instant nextBlock;
  private final List<Book> books;
  private final AtomicInteger forks;
  private int fork;
  private volatile ChainSnapshot current;

  /** Makes a chain of {@link SimNodeOptions#startBlocks} blocks above block 0. */
  public SimulatedChain(SimNodeOptions options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
    this.nextBlock = clock.instant().plus(options.blockTime());
    this.books = new CopyOnWriteArrayList<>();
    this.forks = new AtomicInteger();
    this.current = start();
  }

  private SimulatedChain(SimulatedChain origin, ChainSnapshot start) {
    this.options = origin.options;
    this.clock = origin.clock;
    this.nextBlock = origin.nextBlock;
    this.books = new CopyOnWriteArrayList<>(origin.books);
    this.books.set(books.size() - 1, start.book());
    this.forks = origin.forks;
    this.fork = forks.incrementAndGet();
    this.current = start;
  }

  /**
   * Another chain that has the blocks of this one up to its head, and other ones from there on.
   * Neither sees what becomes of the other.
   */
  public synchronized SimulatedChain fork() {
    return new SimulatedChain(this, snapshot().apart());
  }

  /** The number of the newest block. */
  public long headNumber() {
    return snapshot().head().number();
  }

  /** The hash of the newest block. */
  public String headHash() {
    return snapshot().head().hash();
  }

  /**
   * The hash of the block at a number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public String hashAt(long number) {
    BlockRef ref = snapshot().byNumber(number);
    if (ref == null) {
      throw new IllegalArgumentException(number + ": the chain has no such block");
    }
    return ref.hash();
  }

  /** The accounts that invented transactions come from. */
  public List<String> accounts() {
    return current.book().source().population().accounts();
  }

  /** The contracts that invented logs come from. */
  public List<String> contracts() {
    return current.book().source().population().contracts();
  }

  /** Seals so many blocks, the first of which takes in what was sent. */
  public synchronized void mine(int blocks) {
    requireNotNegative("mine", blocks);
    for (int i = 0; i < blocks; i++) {
      current = extend(current, List.of(), true);
    }
  }

  /**
   * Replaces the newest blocks by as many others. Some of the transactions are in the new ones
   * again, some are not; those that callers sent are in a new block or wait for the next one.
   *
   * @throws IllegalArgumentException if the chain has not so many blocks above block 0
   */
  public synchronized void reorg(int depth) {
    List<BlockRef> orphans = newest(depth);
    fork = forks.incrementAndGet();
    ChainSnapshot chain = current.cut(depth, returned(orphans));
    List<Origin> late = new ArrayList<>();
    for (BlockRef orphan : orphans) {
      Dice dice = new Dice(options.seed(), orphan.number(), fork, 5);
      List<Origin> carried = new ArrayList<>(late);
      late.clear();
      for (Origin origin : chain.book().source().origins(orphan.plan())) {
        int fate = dice.below(4);
        if (fate == 0 && late.size() < MOST_CARRIED / 2) {
          late.add(origin);
        } else if (fate == 1 && carried.size() < MOST_CARRIED) {
          carried.add(origin);
        }
      }
      chain = extend(chain, carried, dice.below(2) == 0);
    }
    current = chain;
  }

  /**
   * Takes the head back. The blocks above it are forgotten; what callers sent in them waits again.
   *
   * @throws IllegalArgumentException if the chain has not so many blocks above block 0
   */
  public synchronized void rewind(int blocks) {
    List<BlockRef> dropped = newest(blocks);
    fork = forks.incrementAndGet();
    current = current.cut(blocks, returned(dropped));
    long head = current.head().number();
    current.book().blocks().values().removeIf(ref -> ref.number() > head);
  }

  /**
   * Goes over to the fork of which that block is the head, as a node does that finds it heavier. It
   * may be an orphan of this chain, or a block of another that parted from it.
   *
   * @throws IllegalArgumentException if neither this chain, since it was last reset, nor the other
   *     ever had the block
   */
  public synchronized void adopt(SimulatedChain other, String blockHash) {
    Book own = current.book();
    Book theirs = other.current.book();
    BlockRef head = own.sealed().getOrDefault(blockHash, theirs.sealed().get(blockHash));
    if (head == null || own.source() != theirs.source()) {
      throw new IllegalArgumentException(blockHash + ": no block of this chain has this hash");
    }
    for (BlockRef ref = head; ref != null; ref = ref.parent()) {
      if (own.blocks().get(ref.hash()) != ref) {
        enter(own, ref);
      }
    }
    fork = forks.incrementAndGet();
    current = current.on(head);
  }

  /** Starts again from another block 0, with nothing sent and nothing known. */
  public synchronized void reset() {
    fork = 0;
    current = start();
  }

  /** This chain as it is, or was, with that block as its head; null if none ever had the hash. */
  @Nullable ChainSnapshot at(String blockHash) {
    ChainSnapshot now = snapshot();
    for (Book book : books) {
      BlockRef ref = book.sealed().get(blockHash);
      if (ref != null) {
        return now.at(book, ref);
      }
    }
    return null;
  }

  /** The chain as it is now, with the blocks that were due by the clock. */
  ChainSnapshot snapshot() {
    if (!options.blockTime().isZero() && !clock.instant().isBefore(nextBlock)) {
      mineDue();
    }
    return current;
  }

  /** Takes a transaction into the pool, in place of any with its sender and nonce. */
  synchronized void accept(Transaction transaction) {
    List<Transaction> pool = new ArrayList<>(current.pool());
    pool.removeIf(other -> sameSlot(other, transaction));
    pool.add(transaction);
    arrivals.add(transaction.hash());
    current = current.withPool(List.copyOf(pool));
    if (options.automine()) {
      mine(1);
    }
  }

  /** The hashes of what was sent, from the given place on. */
  synchronized List<String> arrivals(int from) {
    return List.copyOf(arrivals.subList(Math.min(from, arrivals.size()), arrivals.size()));
  }

  static boolean sameSlot(Transaction a, Transaction b) {
    return a.from().equals(b.from()) && a.fields().nonce() == b.fields().nonce();
  }

  private synchronized void mineDue() {
    Duration late = Duration.between(nextBlock, clock.instant());
    if (!late.isNegative()) {
      long due = 1 + late.dividedBy(options.blockTime());
      nextBlock = nextBlock.plus(options.blockTime().multipliedBy(due));
      mine(Math.toIntExact(due));
    }
  }

  private ChainSnapshot start() {
    Book book = new Book(new BlockSource(options, books.size()));
    books.add(book);
    BlockPlan plan = new BlockPlan(0, 0, NO_PARENT, List.of(), List.of());
    BlockRef genesis = book.source().seal(plan, null, Map.of());
    enter(book, genesis);
    ChainSnapshot chain = ChainSnapshot.genesis(options, book, genesis);
    for (int i = 0; i < options.startBlocks(); i++) {
      chain = extend(chain, List.of(), false);
    }
    return chain;
  }

  private ChainSnapshot extend(ChainSnapshot chain, List<Origin> carried, boolean takeSent) {
    Map<String, Long> nonces = new HashMap<>(chain.head().nonces());
    List<Transaction> rest = new ArrayList<>(chain.pool());
    List<Transaction> sent = takeSent ? takeReady(rest, nonces) : List.of();
    BlockRef parent = chain.head();
    BlockPlan plan =
        new BlockPlan(parent.number() + 1, fork, parent.hash(), List.copyOf(carried), sent);
    BlockRef ref =
        chain
            .book()
            .source()
            .seal(plan, parent, sent.isEmpty() ? parent.nonces() : Map.copyOf(nonces));
    enter(chain.book(), ref);
    return chain.append(ref, sent.isEmpty() ? chain.pool() : List.copyOf(rest));
  }

  /** Moves what is next in turn for its sender out of the pool. */
  private static List<Transaction> takeReady(List<Transaction> pool, Map<String, Long> nonces) {
    List<Transaction> ready = new ArrayList<>();
    boolean found = true;
    while (found) {
      found = false;
      for (Transaction transaction : List.copyOf(pool)) {
        long nonce = transaction.fields().nonce();
        if (nonces.getOrDefault(transaction.from(), 0L) == nonce) {
          nonces.put(transaction.from(), nonce + 1);
          pool.remove(transaction);
          ready.add(transaction);
          found = true;
        }
      }
    }
    return List.copyOf(ready);
  }

  private static void enter(Book book, BlockRef ref) {
    book.blocks().put(ref.hash(), ref);
    book.sealed().put(ref.hash(), ref);
    List<Receipt> receipts = book.source().block(ref).receipts();
    for (Receipt receipt : receipts) {
      Place place = new Place(ref, receipt.index());
      book.transactions()
          .merge(receipt.transaction().hash(), List.of(place), SimulatedChain::joined);
    }
  }

  private static List<Place> joined(List<Place> known, List<Place> added) {
    List<Place> all = new ArrayList<>(known);
    all.addAll(added);
    return List.copyOf(all);
  }

  /** The pool once the blocks are gone: first what was in them, then what waited already. */
  private List<Transaction> returned(List<BlockRef> dropped) {
    List<Transaction> pool = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    dropped.forEach(
        ref -> ref.plan().sent().stream().filter(t -> seen.add(t.hash())).forEach(pool::add));
    current.pool().stream().filter(t -> seen.add(t.hash())).forEach(pool::add);
    return List.copyOf(pool);
  }

  private List<BlockRef> newest(int count) {
    requireNotNegative("blocks", count);
    long head = current.head().number();
    if (count > head) {
      throw new IllegalArgumentException(
          count + " blocks: the chain has only " + head + " above block 0");
    }
    List<BlockRef> blocks = new ArrayList<>();
    for (long number = head - count + 1; number <= head; number++) {
      BlockRef ref = current.byNumber(number);
      if (ref != null) {
        blocks.add(ref);
      }
    }
    return blocks;
  }

  private static void requireNotNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " " + value + ": must be 0 or more");
    }
  }
}
