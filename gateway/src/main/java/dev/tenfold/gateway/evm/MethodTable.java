package dev.tenfold.gateway.evm;

import static dev.tenfold.gateway.evm.Method.LAST;
import static dev.tenfold.gateway.evm.Method.NONE;
import static dev.tenfold.gateway.evm.Method.NO_TWIN;
import static dev.tenfold.gateway.evm.Method.NearHead.BY_HASH;
import static dev.tenfold.gateway.evm.Method.NearHead.BY_HASH_IF_TAKEN;
import static dev.tenfold.gateway.evm.Method.NearHead.FINAL;
import static dev.tenfold.gateway.evm.Method.NearHead.NAMED;
import static dev.tenfold.gateway.evm.Method.NearHead.NEVER;
import static dev.tenfold.gateway.evm.MethodClass.BLOCK;
import static dev.tenfold.gateway.evm.MethodClass.BLOCK_HASH;
import static dev.tenfold.gateway.evm.MethodClass.DENIED;
import static dev.tenfold.gateway.evm.MethodClass.FILTER;
import static dev.tenfold.gateway.evm.MethodClass.HEAD;
import static dev.tenfold.gateway.evm.MethodClass.LOCAL;
import static dev.tenfold.gateway.evm.MethodClass.PASS;
import static dev.tenfold.gateway.evm.MethodClass.RANGE;
import static dev.tenfold.gateway.evm.MethodClass.SUBSCRIPTION;
import static dev.tenfold.gateway.evm.MethodClass.TRANSACTION;

import dev.tenfold.gateway.evm.Method.NearHead;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of methods, row by row. Sources: the Ethereum execution API specification, and for what
 * it does not name the documentation of geth, Erigon and OpenEthereum ({@code trace_}).
 */
final class MethodTable {
  private static final boolean OPTIONAL = true;
  private static final boolean REQUIRED = false;

  private final List<Method> rows = new ArrayList<>();

  private MethodTable() {}

  static List<Method> rows() {
    MethodTable table = new MethodTable();
    table.answeredHere();
    table.state();
    table.blocks();
    table.traces();
    table.byBlockHash();
    table.byTransaction();
    table.rangesAndHead();
    table.passedOn();
    table.boundToANode();
    table.denied();
    return List.copyOf(table.rows);
  }

  /** Whole families by prefix, for the names that no row has. The first that fits decides. */
  static List<Family> families() {
    return List.of(
        new Family("txpool_", PASS),
        new Family("personal_", DENIED),
        new Family("admin_", DENIED),
        new Family("miner_", DENIED),
        new Family("engine_", DENIED),
        new Family("les_", DENIED),
        new Family("clique_", DENIED),
        new Family("testing_", DENIED),
        new Family("debug_", DENIED),
        new Family("eth_compile", DENIED),
        new Family("eth_signTypedData", DENIED));
  }

  private void answeredHere() {
    plain(LOCAL, "eth_chainId", "net_version", "web3_clientVersion", "web3_sha3");
    plain(LOCAL, "eth_blockNumber", "net_listening", "eth_syncing");
    plain(LOCAL, "eth_mining", "eth_hashrate", "eth_accounts");
  }

  private void state() {
    block("eth_call", 1, OPTIONAL, BY_HASH);
    block("eth_getBalance", 1, REQUIRED, BY_HASH);
    block("eth_getCode", 1, REQUIRED, BY_HASH);
    block("eth_getTransactionCount", 1, REQUIRED, BY_HASH);
    block("eth_getStorageAt", 2, REQUIRED, BY_HASH);
    slow("eth_getProof", 2, REQUIRED, BY_HASH);
    block("eth_estimateGas", 1, OPTIONAL, BY_HASH_IF_TAKEN);
    block("eth_createAccessList", 1, OPTIONAL, BY_HASH_IF_TAKEN);
    block("eth_getAccount", 1, REQUIRED, BY_HASH_IF_TAKEN);
    block("eth_getStorageValues", LAST, REQUIRED, BY_HASH_IF_TAKEN);
    slow("eth_simulateV1", 1, OPTIONAL, BY_HASH_IF_TAKEN);
    block("optimism_outputAtBlock", 0, REQUIRED, FINAL);
  }

  private void blocks() {
    twin("eth_getBlockByNumber", "eth_getBlockByHash");
    twin("eth_getBlockTransactionCountByNumber", "eth_getBlockTransactionCountByHash");
    twin("eth_getUncleCountByBlockNumber", "eth_getUncleCountByBlockHash");
    twin("eth_getTransactionByBlockNumberAndIndex", "eth_getTransactionByBlockHashAndIndex");
    twin("eth_getUncleByBlockNumberAndIndex", "eth_getUncleByBlockHashAndIndex");
    block("eth_getBlockReceipts", 0, REQUIRED, BY_HASH);
    block("debug_getRawHeader", 0, REQUIRED, BY_HASH);
    block("debug_getRawBlock", 0, REQUIRED, BY_HASH);
    block("debug_getRawReceipts", 0, REQUIRED, BY_HASH);
    block("erigon_getHeaderByNumber", 0, REQUIRED, FINAL);
  }

  private void traces() {
    slow("debug_traceCall", 1, REQUIRED, BY_HASH_IF_TAKEN);
    slow("debug_traceCallMany", 1, REQUIRED, FINAL);
    row("debug_traceBlockByNumber", BLOCK, 0, REQUIRED, BY_HASH, "debug_traceBlockByHash", true);
    slow("trace_block", 0, REQUIRED, FINAL);
    slow("trace_replayBlockTransactions", 0, REQUIRED, FINAL);
    slow("trace_call", 2, OPTIONAL, FINAL);
    slow("trace_callMany", 1, OPTIONAL, FINAL);
  }

  private void byBlockHash() {
    blockHash("eth_getBlockByHash", NAMED, false);
    blockHash("eth_getBlockTransactionCountByHash", FINAL, false);
    blockHash("eth_getUncleCountByBlockHash", FINAL, false);
    blockHash("eth_getTransactionByBlockHashAndIndex", NAMED, false);
    blockHash("eth_getUncleByBlockHashAndIndex", FINAL, false);
    blockHash("debug_traceBlockByHash", FINAL, true);
    blockHash("erigon_getHeaderByHash", NAMED, false);
    blockHash("debug_storageRangeAt", FINAL, true);
  }

  private void byTransaction() {
    transaction("eth_getTransactionByHash", NAMED, false);
    transaction("eth_getTransactionReceipt", NAMED, false);
    transaction("eth_getTransactionBySenderAndNonce", NAMED, false);
    transaction("debug_getRawTransaction", FINAL, false);
    transaction("debug_traceTransaction", FINAL, true);
    transaction("trace_transaction", NAMED, true);
    transaction("trace_get", NAMED, true);
    transaction("trace_replayTransaction", FINAL, true);
  }

  private void rangesAndHead() {
    row("eth_getLogs", RANGE, NONE, REQUIRED, BY_HASH, NO_TWIN, true);
    row("trace_filter", RANGE, NONE, REQUIRED, FINAL, NO_TWIN, true);
    row("eth_feeHistory", RANGE, 1, REQUIRED, FINAL, NO_TWIN, false);
    plain(HEAD, "eth_gasPrice", "eth_maxPriorityFeePerGas", "eth_blobBaseFee", "eth_baseFee");
    plain(HEAD, "net_peerCount", "eth_protocolVersion", "eth_config", "eth_capabilities");
    plain(HEAD, "erigon_blockNumber", "bor_getCurrentProposer", "bor_getCurrentValidators");
    row("bor_getAuthor", HEAD, 0, OPTIONAL, NEVER, NO_TWIN, false);
  }

  private void passedOn() {
    plain(PASS, "eth_sendRawTransaction", "eth_sendRawTransactionConditional");
    slowPlain(PASS, "eth_sendRawTransactionSync", "eth_callBundle", "trace_rawTransaction");
    plain(PASS, "eth_sendBundle", "eth_cancelBundle", "eth_fillTransaction");
    plain(PASS, "txpool_content", "txpool_contentFrom", "txpool_inspect", "txpool_status");
    slowPlain(PASS, "debug_getBadBlocks");
    plain(PASS, "eth_sendUserOperation", "eth_estimateUserOperationGas");
    plain(PASS, "eth_getUserOperationByHash", "eth_getUserOperationReceipt");
    plain(PASS, "eth_supportedEntryPoints");
  }

  private void boundToANode() {
    plain(FILTER, "eth_newFilter", "eth_newBlockFilter", "eth_newPendingTransactionFilter");
    plain(FILTER, "eth_getFilterChanges", "eth_uninstallFilter");
    slowPlain(FILTER, "eth_getFilterLogs");
    plain(SUBSCRIPTION, "eth_subscribe", "eth_unsubscribe");
  }

  private void denied() {
    plain(DENIED, "eth_sendTransaction", "eth_sign", "eth_signTransaction");
    plain(DENIED, "eth_getWork", "eth_submitWork", "eth_submitHashrate", "eth_getCompilers");
  }

  private void block(String name, int at, boolean optional, NearHead nearHead) {
    row(name, BLOCK, at, optional, nearHead, NO_TWIN, false);
  }

  private void slow(String name, int at, boolean optional, NearHead nearHead) {
    row(name, BLOCK, at, optional, nearHead, NO_TWIN, true);
  }

  private void twin(String name, String twin) {
    row(name, BLOCK, 0, REQUIRED, BY_HASH, twin, false);
  }

  private void blockHash(String name, NearHead nearHead, boolean slow) {
    row(name, BLOCK_HASH, 0, REQUIRED, nearHead, NO_TWIN, slow);
  }

  private void transaction(String name, NearHead nearHead, boolean slow) {
    row(name, TRANSACTION, NONE, REQUIRED, nearHead, NO_TWIN, slow);
  }

  private void plain(MethodClass methodClass, String... names) {
    for (String name : names) {
      row(name, methodClass, NONE, REQUIRED, NEVER, NO_TWIN, false);
    }
  }

  private void slowPlain(MethodClass methodClass, String... names) {
    for (String name : names) {
      row(name, methodClass, NONE, REQUIRED, NEVER, NO_TWIN, true);
    }
  }

  private void row(
      String name,
      MethodClass methodClass,
      int at,
      boolean optional,
      NearHead nearHead,
      String twin,
      boolean slow) {
    rows.add(new Method(name, methodClass, at, optional, nearHead, twin, slow));
  }
}
