package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.simnode.TransactionFields.AccessEntry;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Blocks, transactions, receipts and logs as the execution API shows them. */
final class BlockJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private BlockJson() {}

  static ObjectNode block(Block block, boolean full) {
    ObjectNode json = header(block.header());
    json.put("hash", block.hash());
    json.put("nonce", Header.ZERO_NONCE);
    json.put("size", Hex.quantity(size(block)));
    ArrayNode transactions = json.putArray("transactions");
    for (Receipt receipt : block.receipts()) {
      if (full) {
        transactions.add(transaction(block, receipt));
      } else {
        transactions.add(receipt.transaction().hash());
      }
    }
    ArrayNode uncles = json.putArray("uncles");
    block.uncles().forEach(uncle -> uncles.add(Keccak.hex(uncle.encoded())));
    json.putArray("withdrawals");
    return json;
  }

  /** An uncle: it names itself, and not the block that it is an uncle of. */
  static ObjectNode uncle(Header uncle) {
    ObjectNode json = header(uncle);
    json.put("hash", Keccak.hex(uncle.encoded()));
    json.put("nonce", Header.ZERO_NONCE);
    json.putArray("uncles");
    return json;
  }

  /** The header alone, as Erigon shows it. */
  static ObjectNode header(Block block) {
    ObjectNode json = header(block.header());
    json.put("hash", block.hash());
    json.put("nonce", Header.ZERO_NONCE);
    return json;
  }

  private static ObjectNode header(Header header) {
    ObjectNode json = JSON.objectNode();
    json.put("number", Hex.quantity(header.number()));
    json.put("parentHash", header.parentHash());
    json.put("sha3Uncles", header.unclesHash());
    json.put("miner", header.miner());
    json.put("stateRoot", header.stateRoot());
    json.put("transactionsRoot", header.transactionsRoot());
    json.put("receiptsRoot", header.receiptsRoot());
    json.put("logsBloom", Hex.data(header.bloom()));
    json.put("difficulty", "0x0");
    json.put("gasLimit", Hex.quantity(header.gasLimit()));
    json.put("gasUsed", Hex.quantity(header.gasUsed()));
    json.put("timestamp", Hex.quantity(header.timestamp()));
    json.put("extraData", header.extraData());
    json.put("mixHash", header.mixHash());
    json.put("baseFeePerGas", Hex.quantity(header.baseFee()));
    json.put("withdrawalsRoot", Header.EMPTY_ROOT);
    json.put("blobGasUsed", "0x0");
    json.put("excessBlobGas", "0x0");
    json.put("parentBeaconBlockRoot", header.beaconRoot());
    return json;
  }

  static ObjectNode transaction(Block block, Receipt receipt) {
    ObjectNode json = transaction(receipt.transaction(), receipt.price());
    json.put("blockHash", block.hash());
    json.put("blockNumber", Hex.quantity(block.number()));
    json.put("transactionIndex", Hex.quantity(receipt.index()));
    return json;
  }

  /** A transaction that is in no block yet. */
  static ObjectNode pending(Transaction transaction) {
    ObjectNode json = transaction(transaction, transaction.fields().maxFee());
    json.putNull("blockHash");
    json.putNull("blockNumber");
    json.putNull("transactionIndex");
    return json;
  }

  private static ObjectNode transaction(Transaction transaction, BigInteger price) {
    TransactionFields fields = transaction.fields();
    ObjectNode json = JSON.objectNode();
    json.put("hash", transaction.hash());
    json.put("type", Hex.quantity(fields.type()));
    json.put("chainId", Hex.quantity(fields.chainId()));
    json.put("from", transaction.from());
    json.put("to", fields.to());
    json.put("nonce", Hex.quantity(fields.nonce()));
    json.put("value", Hex.quantity(fields.value()));
    json.put("gas", Hex.quantity(fields.gas()));
    json.put("gasPrice", Hex.quantity(price));
    if (fields.type() == 2) {
      json.put("maxFeePerGas", Hex.quantity(fields.maxFee()));
      json.put("maxPriorityFeePerGas", Hex.quantity(fields.maxTip()));
    }
    json.put("input", fields.input());
    if (fields.type() != 0) {
      ArrayNode list = json.putArray("accessList");
      fields.accessList().forEach(entry -> list.add(accessEntry(entry)));
      json.put("yParity", Hex.quantity(transaction.signature().yParity()));
    }
    json.put("v", Hex.quantity(transaction.signature().v()));
    json.put("r", Hex.quantity(transaction.signature().r()));
    json.put("s", Hex.quantity(transaction.signature().s()));
    return json;
  }

  static ObjectNode accessEntry(AccessEntry entry) {
    ObjectNode json = JSON.objectNode();
    json.put("address", entry.address());
    ArrayNode keys = json.putArray("storageKeys");
    entry.storageKeys().forEach(keys::add);
    return json;
  }

  static ObjectNode receipt(Block block, Receipt receipt) {
    Transaction transaction = receipt.transaction();
    ObjectNode json = JSON.objectNode();
    json.put("transactionHash", transaction.hash());
    json.put("transactionIndex", Hex.quantity(receipt.index()));
    json.put("blockHash", block.hash());
    json.put("blockNumber", Hex.quantity(block.number()));
    json.put("from", transaction.from());
    json.put("to", transaction.fields().to());
    json.put("contractAddress", receipt.contract());
    json.put("type", Hex.quantity(transaction.fields().type()));
    json.put("status", receipt.succeeded() ? "0x1" : "0x0");
    json.put("gasUsed", Hex.quantity(receipt.gasUsed()));
    json.put("cumulativeGasUsed", Hex.quantity(receipt.cumulativeGas()));
    json.put("effectiveGasPrice", Hex.quantity(receipt.price()));
    json.put("logsBloom", Hex.data(receipt.bloom()));
    ArrayNode logs = json.putArray("logs");
    for (int i = 0; i < receipt.logs().size(); i++) {
      logs.add(log(block, receipt, i, false));
    }
    return json;
  }

  /**
   * One log of a receipt.
   *
   * @param removed true where a filter tells that the block was orphaned
   */
  static ObjectNode log(Block block, Receipt receipt, int index, boolean removed) {
    Log log = receipt.logs().get(index);
    ObjectNode json = JSON.objectNode();
    json.put("address", log.address());
    ArrayNode topics = json.putArray("topics");
    log.topics().forEach(topics::add);
    json.put("data", log.data());
    json.put("blockNumber", Hex.quantity(block.number()));
    json.put("transactionHash", receipt.transaction().hash());
    json.put("transactionIndex", Hex.quantity(receipt.index()));
    json.put("blockHash", block.hash());
    json.put("blockTimestamp", Hex.quantity(block.header().timestamp()));
    json.put("logIndex", Hex.quantity(receipt.firstLog() + index));
    json.put("removed", removed);
    return json;
  }

  /** The whole block as RLP: header, transactions, uncles, no withdrawals. */
  static byte[] raw(Block block) {
    return Rlp.list(
        block.header().encoded(),
        Rlp.list(block.receipts().stream().map(BlockJson::rawMember).toList()),
        Rlp.list(block.uncles().stream().map(Header::encoded).toList()),
        Rlp.list());
  }

  private static byte[] rawMember(Receipt receipt) {
    byte[] raw = receipt.transaction().raw();
    return receipt.transaction().fields().type() == 0 ? raw : Rlp.string(raw);
  }

  private static int size(Block block) {
    return raw(block).length;
  }

  static ArrayNode array() {
    return JSON.arrayNode();
  }

  /** Text as JSON, or JSON null. */
  static JsonNode text(@Nullable String text) {
    return text == null ? JSON.nullNode() : JSON.textNode(text);
  }
}
