package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.simnode.ChainSnapshot.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blocks, transactions and receipts. */
final class BlockMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private BlockMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put("eth_blockNumber", (chain, params) -> quantity(chain.head().number()));
    methods.put("eth_getBlockByNumber", BlockMethods::blockByNumber);
    methods.put("eth_getBlockByHash", BlockMethods::blockByHash);
    methods.put(
        "eth_getBlockTransactionCountByNumber",
        (chain, params) -> count(chain, numbered(chain, params)));
    methods.put(
        "eth_getBlockTransactionCountByHash",
        (chain, params) -> count(chain, hashed(chain, params)));
    methods.put(
        "eth_getUncleCountByBlockNumber",
        (chain, params) -> uncleCount(chain, numbered(chain, params)));
    methods.put(
        "eth_getUncleCountByBlockHash",
        (chain, params) -> uncleCount(chain, hashed(chain, params)));
    methods.put(
        "eth_getUncleByBlockNumberAndIndex",
        (chain, params) -> uncleAt(chain, numbered(chain, params), params));
    methods.put(
        "eth_getUncleByBlockHashAndIndex",
        (chain, params) -> uncleAt(chain, hashed(chain, params), params));
    methods.put(
        "eth_getTransactionByBlockNumberAndIndex",
        (chain, params) -> transactionAt(chain, numbered(chain, params), params));
    methods.put(
        "eth_getTransactionByBlockHashAndIndex",
        (chain, params) -> transactionAt(chain, hashed(chain, params), params));
    methods.put("eth_getTransactionByHash", BlockMethods::transaction);
    methods.put("eth_getTransactionBySenderAndNonce", BlockMethods::transactionOf);
    methods.put("eth_getTransactionReceipt", BlockMethods::receipt);
    methods.put("eth_getBlockReceipts", BlockMethods::receipts);
    methods.put(
        "debug_getRawHeader", (chain, params) -> data(block(chain, params).header().encoded()));
    methods.put("debug_getRawBlock", (chain, params) -> data(BlockJson.raw(block(chain, params))));
    methods.put("debug_getRawReceipts", BlockMethods::rawReceipts);
    methods.put("debug_getRawTransaction", BlockMethods::rawTransaction);
  }

  static JsonNode quantity(long value) {
    return JSON.textNode(Hex.quantity(value));
  }

  static JsonNode data(byte[] bytes) {
    return JSON.textNode(Hex.data(bytes));
  }

  static JsonNode none() {
    return NullNode.getInstance();
  }

  /** The block of the first parameter, of whatever form, which must be there. */
  static Block block(ChainSnapshot chain, Params params) {
    params.required(0);
    BlockRef ref = chain.resolve(params.block(0));
    if (ref == null) {
      throw RpcFailure.server("block not found");
    }
    return chain.block(ref);
  }

  /** The block and receipt of the transaction in the first parameter, or null. */
  static @Nullable Place place(ChainSnapshot chain, Params params) {
    return chain.place(params.hash(0));
  }

  private static @Nullable BlockRef numbered(ChainSnapshot chain, Params params) {
    return chain.resolve(params.number(0));
  }

  private static @Nullable BlockRef hashed(ChainSnapshot chain, Params params) {
    return chain.byHash(params.hash(0));
  }

  private static JsonNode blockByNumber(ChainSnapshot chain, Params params) {
    params.atMost(2);
    BlockId id = params.number(0);
    boolean full = params.flag(1);
    if (id == BlockId.Tag.PENDING) {
      return pendingBlock(chain, full);
    }
    BlockRef ref = chain.resolve(id);
    return ref == null ? none() : BlockJson.block(chain.block(ref), full);
  }

  /** The next block as a node shows it: not sealed, so without hash, nonce and miner. */
  private static JsonNode pendingBlock(ChainSnapshot chain, boolean full) {
    ObjectNode json = BlockJson.block(chain.block(chain.head()), false);
    json.put("number", Hex.quantity(chain.head().number() + 1));
    json.put("parentHash", chain.head().hash());
    json.put("baseFeePerGas", Hex.quantity(BlockSource.baseFeeAfter(chain.head().hash())));
    json.put("logsBloom", Hex.data(Bloom.of(List.of())));
    json.putNull("hash").putNull("nonce").putNull("miner");
    json.put("gasUsed", "0x0");
    ArrayNode transactions = json.putArray("transactions");
    for (Transaction transaction : chain.pool()) {
      if (full) {
        transactions.add(BlockJson.pending(transaction));
      } else {
        transactions.add(transaction.hash());
      }
    }
    return json;
  }

  private static JsonNode blockByHash(ChainSnapshot chain, Params params) {
    params.atMost(2);
    BlockRef ref = hashed(chain, params);
    return ref == null ? none() : BlockJson.block(chain.block(ref), params.flag(1));
  }

  private static JsonNode count(ChainSnapshot chain, @Nullable BlockRef ref) {
    return ref == null ? none() : quantity(chain.block(ref).receipts().size());
  }

  private static JsonNode uncleCount(ChainSnapshot chain, @Nullable BlockRef ref) {
    return ref == null ? none() : quantity(chain.block(ref).uncles().size());
  }

  private static JsonNode uncleAt(ChainSnapshot chain, @Nullable BlockRef ref, Params params) {
    long index = params.quantity(1);
    if (ref == null) {
      return none();
    }
    List<Header> uncles = chain.block(ref).uncles();
    return index >= uncles.size() ? none() : BlockJson.uncle(uncles.get((int) index));
  }

  private static JsonNode transactionAt(
      ChainSnapshot chain, @Nullable BlockRef ref, Params params) {
    long index = params.quantity(1);
    if (ref == null) {
      return none();
    }
    Block block = chain.block(ref);
    return index >= block.receipts().size()
        ? none()
        : BlockJson.transaction(block, block.receipts().get((int) index));
  }

  private static JsonNode transaction(ChainSnapshot chain, Params params) {
    Place place = place(chain, params);
    if (place != null) {
      Block block = chain.block(place.block());
      return BlockJson.transaction(block, block.receipts().get(place.index()));
    }
    Transaction pending = chain.pending(params.hash(0));
    return pending == null ? none() : BlockJson.pending(pending);
  }

  /** The oldest that fits: the nonces of invented transactions may come twice. */
  private static JsonNode transactionOf(ChainSnapshot chain, Params params) {
    String sender = params.address(0);
    long nonce = params.quantity(1);
    for (long number = 1; number <= chain.head().number(); number++) {
      BlockRef ref = chain.byNumber(number);
      if (ref == null) {
        continue;
      }
      Block block = chain.block(ref);
      for (Receipt receipt : block.receipts()) {
        Transaction transaction = receipt.transaction();
        if (transaction.fields().nonce() == nonce && transaction.from().equals(sender)) {
          return BlockJson.transaction(block, receipt);
        }
      }
    }
    return none();
  }

  private static JsonNode receipt(ChainSnapshot chain, Params params) {
    Place place = place(chain, params);
    if (place == null) {
      return none();
    }
    Block block = chain.block(place.block());
    return BlockJson.receipt(block, block.receipts().get(place.index()));
  }

  private static JsonNode receipts(ChainSnapshot chain, Params params) {
    params.required(0);
    BlockRef ref = chain.resolve(params.block(0));
    if (ref == null) {
      return none();
    }
    Block block = chain.block(ref);
    ArrayNode receipts = JSON.arrayNode();
    block.receipts().forEach(receipt -> receipts.add(BlockJson.receipt(block, receipt)));
    return receipts;
  }

  private static JsonNode rawReceipts(ChainSnapshot chain, Params params) {
    ArrayNode raw = JSON.arrayNode();
    block(chain, params).receipts().forEach(receipt -> raw.add(data(receipt.encoded())));
    return raw;
  }

  private static JsonNode rawTransaction(ChainSnapshot chain, Params params) {
    Place place = place(chain, params);
    if (place != null) {
      return data(chain.block(place.block()).receipts().get(place.index()).transaction().raw());
    }
    Transaction pending = chain.pending(params.hash(0));
    return pending == null ? JSON.textNode("0x") : data(pending.raw());
  }
}
