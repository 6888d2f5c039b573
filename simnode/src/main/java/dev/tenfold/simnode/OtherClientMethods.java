package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What only some clients and chains have: Erigon, OP Stack, Bor, and the youngest of geth. */
final class OtherClientMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private OtherClientMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put(
        "erigon_blockNumber", (chain, params) -> BlockMethods.quantity(chain.head().number()));
    methods.put("erigon_getHeaderByNumber", OtherClientMethods::header);
    methods.put("erigon_getHeaderByHash", OtherClientMethods::headerByHash);
    methods.put("optimism_outputAtBlock", OtherClientMethods::output);
    methods.put("bor_getAuthor", (chain, params) -> author(chain, params.block(0)));
    methods.put("bor_getCurrentProposer", (chain, params) -> author(chain, BlockId.Tag.LATEST));
    methods.put("bor_getCurrentValidators", (chain, params) -> validators(chain));
    methods.put("eth_protocolVersion", (chain, params) -> JSON.textNode("0x44"));
    methods.put("eth_config", (chain, params) -> config(chain));
    methods.put("eth_capabilities", (chain, params) -> capabilities(chain));
  }

  private static JsonNode header(ChainSnapshot chain, Params params) {
    BlockRef ref = chain.resolve(params.number(0));
    return ref == null ? BlockMethods.none() : BlockJson.header(chain.block(ref));
  }

  private static JsonNode headerByHash(ChainSnapshot chain, Params params) {
    BlockRef ref = chain.byHash(params.hash(0));
    return ref == null ? BlockMethods.none() : BlockJson.header(chain.block(ref));
  }

  private static JsonNode output(ChainSnapshot chain, Params params) {
    BlockRef block = StateMethods.block(chain, params.number(0));
    ObjectNode json = JSON.objectNode();
    json.put("version", "0x" + "0".repeat(64));
    json.put("outputRoot", StateMethods.word("outputRoot", "", block));
    ObjectNode ref = json.putObject("blockRef");
    ref.put("hash", block.hash()).put("number", block.number());
    return json;
  }

  private static JsonNode author(ChainSnapshot chain, BlockId id) {
    return JSON.textNode(chain.block(StateMethods.block(chain, id)).header().miner());
  }

  private static JsonNode validators(ChainSnapshot chain) {
    ObjectNode validator = JSON.objectNode();
    validator.put("signer", chain.block(chain.head()).header().miner()).put("power", 1);
    return JSON.arrayNode().add(validator);
  }

  private static JsonNode config(ChainSnapshot chain) {
    ObjectNode json = JSON.objectNode();
    ObjectNode current = json.putObject("current");
    current.put("chainId", Hex.quantity(chain.options().chainId()));
    current.put("forkId", StateMethods.word("forkId", "", chain.head()).substring(0, 10));
    json.putNull("next");
    return json;
  }

  private static JsonNode capabilities(ChainSnapshot chain) {
    ObjectNode json = JSON.objectNode();
    ObjectNode head = json.putObject("head");
    head.put("number", Hex.quantity(chain.head().number())).put("hash", chain.head().hash());
    return json;
  }
}
