package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Map;

/** What the node says about itself, the network and its fees. */
final class NetworkMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long GWEI = 1_000_000_000;
  private static final int MOST_HISTORY = 1024;

  private NetworkMethods() {}

  static void register(Map<String, MethodHandler> methods, SimNodeOptions options) {
    JsonNode version = JSON.textNode(options.clientVersion());
    JsonNode chainId = JSON.textNode(Hex.quantity(options.chainId()));
    JsonNode network = JSON.textNode(Long.toString(options.chainId()));
    methods.put("web3_clientVersion", (chain, params) -> version);
    methods.put("web3_sha3", (chain, params) -> sha3(params));
    methods.put("net_version", (chain, params) -> network);
    methods.put("net_listening", (chain, params) -> BooleanNode.TRUE);
    methods.put("net_peerCount", (chain, params) -> BlockMethods.quantity(25));
    methods.put("eth_chainId", (chain, params) -> chainId);
    methods.put("eth_syncing", (chain, params) -> BooleanNode.FALSE);
    methods.put("eth_mining", (chain, params) -> BooleanNode.FALSE);
    methods.put("eth_hashrate", (chain, params) -> BlockMethods.quantity(0));
    methods.put("eth_accounts", (chain, params) -> JSON.arrayNode());
    methods.put(
        "eth_gasPrice",
        (chain, params) -> JSON.textNode(Hex.quantity(nextFee(chain).add(tip(chain)))));
    methods.put(
        "eth_maxPriorityFeePerGas", (chain, params) -> JSON.textNode(Hex.quantity(tip(chain))));
    methods.put("eth_baseFee", (chain, params) -> JSON.textNode(Hex.quantity(nextFee(chain))));
    methods.put("eth_blobBaseFee", (chain, params) -> BlockMethods.quantity(blobFee(chain)));
    methods.put("eth_feeHistory", NetworkMethods::feeHistory);
    methods.put("txpool_status", (chain, params) -> poolStatus(chain));
  }

  private static JsonNode sha3(Params params) {
    return JSON.textNode(Keccak.hex(Hex.bytes(Params.parseData(params.text(0), -1, 0))));
  }

  private static BigInteger nextFee(ChainSnapshot chain) {
    return BlockSource.baseFeeAfter(chain.head().hash());
  }

  private static BigInteger tip(ChainSnapshot chain) {
    byte[] dice = StateMethods.derive("tip", "", chain.head());
    return BigInteger.valueOf(GWEI + ((dice[0] & 0xff) << 8 | (dice[1] & 0xff)));
  }

  private static int blobFee(ChainSnapshot chain) {
    return 1 + (StateMethods.derive("blobFee", "", chain.head())[0] & 0xff);
  }

  private static JsonNode poolStatus(ChainSnapshot chain) {
    ObjectNode json = JSON.objectNode();
    json.put("pending", Hex.quantity(chain.pool().size()));
    json.put("queued", "0x0");
    return json;
  }

  private static JsonNode feeHistory(ChainSnapshot chain, Params params) {
    long wanted = Math.min(params.quantity(0), MOST_HISTORY);
    BlockRef newest = chain.resolve(params.number(1));
    if (newest == null) {
      throw RpcFailure.server("request beyond head block");
    }
    JsonNode percentiles = params.optional(2);
    long oldest = Math.max(0, newest.number() - wanted + 1);
    ObjectNode json = JSON.objectNode();
    json.put("oldestBlock", Hex.quantity(wanted == 0 ? 0 : oldest));
    if (wanted == 0) {
      json.putArray("gasUsedRatio");
      return json;
    }
    fees(chain, oldest, newest, json);
    if (percentiles != null && !percentiles.isEmpty()) {
      rewards(chain, oldest, newest, percentiles, json.putArray("reward"));
    }
    return json;
  }

  private static void fees(ChainSnapshot chain, long oldest, BlockRef newest, ObjectNode json) {
    ArrayNode base = json.putArray("baseFeePerGas");
    ArrayNode ratio = json.putArray("gasUsedRatio");
    ArrayNode blobBase = json.putArray("baseFeePerBlobGas");
    ArrayNode blobRatio = json.putArray("blobGasUsedRatio");
    for (long number = oldest; number <= newest.number(); number++) {
      Header header = header(chain, number);
      base.add(Hex.quantity(header.baseFee()));
      ratio.add((double) header.gasUsed() / header.gasLimit());
      blobBase.add("0x1");
      blobRatio.add(0);
    }
    base.add(Hex.quantity(BlockSource.baseFeeAfter(newest.hash())));
    blobBase.add("0x1");
  }

  private static void rewards(
      ChainSnapshot chain, long oldest, BlockRef newest, JsonNode percentiles, ArrayNode rewards) {
    for (long number = oldest; number <= newest.number(); number++) {
      Dice dice = new Dice(Long.parseUnsignedLong(header(chain, number).mixHash(), 2, 18, 16));
      long reward = 100_000_000L + dice.below(900_000_000);
      ArrayNode row = rewards.addArray();
      for (JsonNode percentile : percentiles) {
        row.add(Hex.quantity(reward + (long) (percentile.asDouble() * 10_000_000)));
      }
    }
  }

  private static Header header(ChainSnapshot chain, long number) {
    BlockRef ref = chain.byNumber(number);
    if (ref == null) {
      throw RpcFailure.server("block not found");
    }
    return chain.block(ref).header();
  }
}
