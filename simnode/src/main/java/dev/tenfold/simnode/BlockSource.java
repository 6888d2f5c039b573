package dev.tenfold.simnode;

import dev.tenfold.simnode.BlockPlan.Origin;
import dev.tenfold.simnode.TransactionFields.AccessEntry;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Derives blocks: equal seeds and plans give equal blocks. Keeps the last {@value #KEPT} of them.
 * Thread-safe.
 */
final class BlockSource {
  private static final int KEPT = 2_048;
  private static final int MOST_TRANSACTIONS = 8;
  private static final long GAS_LIMIT = 60_000_000;
  private static final BigInteger GWEI = BigInteger.valueOf(1_000_000_000);
  private static final List<String> EVENTS =
      List.of(
          Keccak.hex("Transfer(address,address,uint256)"),
          Keccak.hex("Approval(address,address,uint256)"),
          Keccak.hex("Deposit(address,uint256)"),
          Keccak.hex("Sync(uint112,uint112)"));

  private final long seed;
  private final long chainId;
  private final long genesisSeconds;
  private final long blockMillis;
  private final boolean uncles;
  private final Population population;
  private final Map<String, Block> kept =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Block> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param generation tells the chains before and after a reset apart
   */
  BlockSource(SimNodeOptions options, int generation) {
    this.seed = Dice.mix(options.seed() + generation * 0x5851F42D4C957F2DL);
    this.chainId = options.chainId();
    this.genesisSeconds = options.genesisTime().getEpochSecond();
    this.blockMillis = options.blockTime().isZero() ? 12_000 : options.blockTime().toMillis();
    this.uncles = options.uncles();
    this.population = Population.of(options.seed());
  }

  Population population() {
    return population;
  }

  /** Derives the block of a plan and seals it. */
  BlockRef seal(BlockPlan plan, @Nullable BlockRef parent, Map<String, Long> nonces) {
    Block block = derive(plan);
    synchronized (kept) {
      kept.put(block.hash(), block);
    }
    return new BlockRef(plan, block.hash(), parent, nonces);
  }

  /** The content of a sealed block. */
  Block block(BlockRef ref) {
    synchronized (kept) {
      Block block = kept.get(ref.hash());
      if (block != null) {
        return block;
      }
    }
    Block block = derive(ref.plan());
    synchronized (kept) {
      kept.put(block.hash(), block);
    }
    return block;
  }

  /** The base fee of the block that follows the one with that hash. */
  static BigInteger baseFeeAfter(String parentHash) {
    long dice = Long.parseUnsignedLong(parentHash, 2, 18, 16);
    return GWEI.multiply(BigInteger.valueOf(20))
        .add(BigInteger.valueOf(Long.remainderUnsigned(dice, 2_000_000_000)));
  }

  /** The invented transactions of a block: those that it takes over, then its own. */
  List<Origin> origins(BlockPlan plan) {
    List<Origin> origins = new ArrayList<>(plan.carried());
    if (plan.number() > 0) {
      int room = MOST_TRANSACTIONS - origins.size() - 1;
      int own = 1 + new Dice(seed, plan.number(), plan.fork(), 1).below(room + 1);
      for (int i = 0; i < own; i++) {
        origins.add(new Origin(plan.number(), plan.fork(), i));
      }
    }
    return origins;
  }

  private Block derive(BlockPlan plan) {
    Dice dice = new Dice(seed, plan.number(), plan.fork(), 2);
    BigInteger baseFee = baseFeeAfter(plan.parentHash());
    List<Transaction> transactions = new ArrayList<>(plan.sent());
    origins(plan).forEach(origin -> transactions.add(invent(origin)));
    List<Receipt> receipts = receipts(transactions, plan.sent().size(), plan, baseFee);
    List<Header> uncles = uncles(plan, dice, baseFee);
    Header header = header(plan, dice, baseFee, receipts, Header.unclesHash(uncles));
    return new Block(header, Keccak.hex(header.encoded()), uncles, receipts);
  }

  /** A sibling of the parent, whose own parent nobody knows. */
  private List<Header> uncles(BlockPlan plan, Dice dice, BigInteger baseFee) {
    if (!this.uncles || plan.number() == 0 || plan.number() % 5 != 0) {
      return List.of();
    }
    BlockPlan lost =
        new BlockPlan(
            plan.number() - 1, plan.fork(), Hex.data(dice.bytes(32)), List.of(), List.of());
    return List.of(header(lost, dice, baseFee, List.of(), Header.NO_UNCLES));
  }

  private long seconds(long number) {
    return genesisSeconds + number * blockMillis / 1000;
  }

  private Header header(
      BlockPlan plan, Dice dice, BigInteger baseFee, List<Receipt> receipts, String unclesHash) {
    byte[] bloom = Bloom.of(List.of());
    receipts.forEach(receipt -> Bloom.merge(bloom, receipt.bloom()));
    return new Header(
        plan.parentHash(),
        unclesHash,
        population.account(dice),
        Hex.data(dice.bytes(32)),
        TrieRoot.of(receipts.stream().map(receipt -> receipt.transaction().raw()).toList()),
        TrieRoot.of(receipts.stream().map(Receipt::encoded).toList()),
        bloom,
        plan.number(),
        GAS_LIMIT,
        receipts.isEmpty() ? 0 : receipts.getLast().cumulativeGas(),
        seconds(plan.number()),
        Hex.data(dice.bytes(8)),
        Hex.data(dice.bytes(32)),
        baseFee,
        Hex.data(dice.bytes(32)));
  }

  private List<Receipt> receipts(
      List<Transaction> transactions, int sent, BlockPlan plan, BigInteger baseFee) {
    List<Receipt> receipts = new ArrayList<>();
    long gas = 0;
    int logs = 0;
    for (int i = 0; i < transactions.size(); i++) {
      Transaction transaction = transactions.get(i);
      Dice dice = new Dice(seed, plan.number(), plan.fork(), 3, i);
      boolean succeeded = i < sent || dice.below(16) > 0;
      String created = transaction.fields().to() == null ? transaction.createdAddress() : null;
      List<Log> own = !succeeded ? List.of() : i < sent ? sentLog(transaction) : inventLogs(dice);
      long limit = transaction.fields().gas();
      long used = i < sent ? Math.min(limit, 50_000) : limit / 2 + dice.below((int) (limit / 2));
      gas += used;
      receipts.add(
          new Receipt(
              transaction,
              i,
              succeeded,
              used,
              gas,
              transaction.fields().effectivePrice(baseFee),
              created,
              own,
              logs,
              Bloom.of(own)));
      logs += own.size();
    }
    return List.copyOf(receipts);
  }

  private Transaction invent(Origin origin) {
    Dice dice = new Dice(seed, origin.number(), origin.fork(), 4, origin.index());
    int type = dice.below(8) < 5 ? 2 : dice.below(2);
    BigInteger fee = GWEI.multiply(BigInteger.valueOf(23 + dice.below(40)));
    BigInteger tip = type == 2 ? GWEI.multiply(BigInteger.valueOf(1 + dice.below(3))) : fee;
    int destination = dice.below(32);
    String to =
        destination == 0
            ? null
            : destination < 12 ? population.account(dice) : population.contract(dice);
    TransactionFields fields =
        new TransactionFields(
            type,
            chainId,
            dice.below(100_000),
            tip,
            fee,
            100_000 + dice.below(6_000_000),
            to,
            dice.number(1 + dice.below(9)),
            destination < 12 && to != null ? "0x" : Hex.data(dice.bytes(4 + 32 * dice.below(5))),
            type == 0 || dice.below(4) > 0 ? List.of() : List.of(accessEntry(dice)));
    String from = population.account(dice);
    BigInteger r = dice.number(32).setBit(0);
    return Transaction.of(from, fields, fields.signature(dice.below(2), r, dice.number(31)));
  }

  private AccessEntry accessEntry(Dice dice) {
    return new AccessEntry(population.contract(dice), List.of(Hex.data(dice.bytes(32))));
  }

  private List<Log> inventLogs(Dice dice) {
    List<Log> logs = new ArrayList<>();
    int count = dice.below(5);
    for (int i = 0; i < count; i++) {
      String address = population.contract(dice);
      List<String> topics = new ArrayList<>(List.of(EVENTS.get(dice.below(EVENTS.size()))));
      int indexed = dice.below(4);
      for (int j = 0; j < indexed; j++) {
        topics.add(padded(population.account(dice)));
      }
      logs.add(new Log(address, List.copyOf(topics), Hex.data(dice.bytes(32 * dice.below(4)))));
    }
    return List.copyOf(logs);
  }

  /** A sent transaction always leaves one event: a transfer from the sender. */
  private static List<Log> sentLog(Transaction transaction) {
    String to = transaction.fields().to();
    String address = to == null ? transaction.createdAddress() : to;
    List<String> topics = List.of(EVENTS.get(0), padded(transaction.from()), padded(address));
    return List.of(new Log(address, topics, Hex.word(transaction.fields().value())));
  }

  private static String padded(String address) {
    return "0x" + "0".repeat(24) + address.substring(2);
  }
}
