package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;

/**
 * State: a pure function of the method, its parameters and the hash of the block. So any answer
 * that belongs to another block shows.
 */
final class StateMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final BigInteger THOUSAND_ETHER = BigInteger.TEN.pow(21);

  private StateMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put("eth_getBalance", StateMethods::balance);
    methods.put("eth_getCode", StateMethods::code);
    methods.put("eth_getStorageAt", StateMethods::storage);
    methods.put("eth_getTransactionCount", StateMethods::nonce);
    methods.put("eth_getProof", StateMethods::proof);
    methods.put("eth_getAccount", StateMethods::account);
    methods.put("eth_getStorageValues", StateMethods::storageValues);
    methods.put("debug_storageRangeAt", StateMethods::storageRange);
  }

  /** The block whose state is asked for; without it the call fails as on real nodes. */
  static BlockRef block(ChainSnapshot chain, Params params, int index) {
    return block(chain, params.block(index));
  }

  static BlockRef block(ChainSnapshot chain, BlockId id) {
    BlockRef ref = chain.resolve(id);
    if (ref != null) {
      return ref;
    }
    throw id instanceof BlockId.Hash hash
        ? new RpcFailure(
            RpcFailure.RESOURCE_NOT_FOUND, "header for hash " + hash.hash() + " not found")
        : RpcFailure.server("header not found");
  }

  static byte[] derive(String what, String subject, BlockRef block) {
    return Keccak.hash(what + "|" + subject + "|" + block.hash());
  }

  private static JsonNode balance(ChainSnapshot chain, Params params) {
    return JSON.textNode(balance(params.address(0), block(chain, params, 1)));
  }

  private static String balance(String address, BlockRef block) {
    byte[] hash = derive("balance", address, block);
    BigInteger random = new BigInteger(1, hash).shiftRight(256 - 66);
    return Hex.quantity(THOUSAND_ETHER.add(random));
  }

  private static JsonNode code(ChainSnapshot chain, Params params) {
    return JSON.textNode(code(chain, params.address(0), block(chain, params, 1)));
  }

  /** Contracts have code whose last word tells the block; other addresses have none. */
  private static String code(ChainSnapshot chain, String address, BlockRef block) {
    return chain.book().source().population().contracts().contains(address)
        ? "0x60806040526004361061001e5760003560e01c" + word("code", address, block).substring(2)
        : "0x";
  }

  private static JsonNode storage(ChainSnapshot chain, Params params) {
    String address = params.address(0);
    String slot = slot(params.text(1));
    return JSON.textNode(word("storage", address + "|" + slot, block(chain, params, 2)));
  }

  private static JsonNode storageValues(ChainSnapshot chain, Params params) {
    JsonNode wanted = params.required(0);
    if (!wanted.isObject()) {
      throw RpcFailure.invalidParams("invalid argument 0: an object of lists of slots is needed");
    }
    BlockRef block = block(chain, params, Math.max(1, params.size() - 1));
    ObjectNode json = JSON.objectNode();
    wanted
        .fieldNames()
        .forEachRemaining(
            name -> {
              String address = Params.parseData(name, 20, 0);
              ArrayNode values = json.putArray(address);
              for (JsonNode key : wanted.path(name)) {
                values.add(word("storage", address + "|" + slot(key.asText()), block));
              }
            });
    return json;
  }

  private static JsonNode storageRange(ChainSnapshot chain, Params params) {
    String subject = params.quantity(1) + "|" + params.address(2) + "|" + slot(params.text(3));
    BlockRef block = block(chain, new BlockId.Hash(params.hash(0), false));
    ObjectNode json = JSON.objectNode();
    ObjectNode storage = json.putObject("storage");
    long most = Math.min(params.quantity(4), 4);
    for (int i = 0; i < most; i++) {
      ObjectNode entry = storage.putObject(word("hashedKey" + i, subject, block));
      entry.put("key", word("key" + i, subject, block));
      entry.put("value", word("value" + i, subject, block));
    }
    json.putNull("nextKey");
    return json;
  }

  private static JsonNode account(ChainSnapshot chain, Params params) {
    String address = params.address(0);
    BlockRef block = block(chain, params, 1);
    ObjectNode json = JSON.objectNode();
    json.put("balance", balance(address, block));
    json.put("codeHash", Keccak.hex(Hex.bytes(code(chain, address, block))));
    json.put("nonce", Hex.quantity(nonce(chain, address, block)));
    json.put("storageRoot", word("storageHash", address, block));
    return json;
  }

  private static String slot(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    if (!digits.matches("[0-9a-fA-F]{1,64}")) {
      throw RpcFailure.invalidParams("unable to decode storage key: \"" + text + "\"");
    }
    return Hex.word(new BigInteger(digits, 16));
  }

  static String word(String what, String subject, BlockRef block) {
    return Hex.data(derive(what, subject, block));
  }

  private static JsonNode nonce(ChainSnapshot chain, Params params) {
    String address = params.address(0);
    long nonce = nonce(chain, address, block(chain, params, 1));
    if (params.block(1) == BlockId.Tag.PENDING) {
      nonce = pendingNonce(chain, address, nonce);
    }
    return BlockMethods.quantity(nonce);
  }

  /** Counted for those who send here, invented for the accounts of invented transactions. */
  static long nonce(ChainSnapshot chain, String address, BlockRef block) {
    if (chain.book().source().population().accounts().contains(address)) {
      return derive("nonce", address, block)[0] & 0xff;
    }
    return block.nonces().getOrDefault(address, 0L);
  }

  private static long pendingNonce(ChainSnapshot chain, String address, long nonce) {
    long next = nonce;
    while (true) {
      long wanted = next;
      boolean waits =
          chain.pool().stream()
              .anyMatch(t -> t.from().equals(address) && t.fields().nonce() == wanted);
      if (!waits) {
        return next;
      }
      next++;
    }
  }

  private static JsonNode proof(ChainSnapshot chain, Params params) {
    String address = params.address(0);
    JsonNode keys = params.required(1);
    BlockRef block = block(chain, params, 2);
    ObjectNode json = JSON.objectNode();
    json.put("address", address);
    json.putArray("accountProof").add(word("accountProof", address, block));
    json.put("balance", balance(address, block));
    json.put("codeHash", Keccak.hex(Hex.bytes(code(chain, address, block))));
    json.put("nonce", Hex.quantity(nonce(chain, address, block)));
    json.put("storageHash", word("storageHash", address, block));
    ArrayNode proofs = json.putArray("storageProof");
    for (JsonNode key : keys) {
      String slot = slot(key.asText());
      ObjectNode proof = proofs.addObject();
      proof.put("key", key.asText().toLowerCase(Locale.ROOT));
      proof.put(
          "value", Hex.quantity(new BigInteger(1, derive("storage", address + "|" + slot, block))));
      proof.putArray("proof").add(word("storageProof", address + "|" + slot, block));
    }
    return json;
  }
}
