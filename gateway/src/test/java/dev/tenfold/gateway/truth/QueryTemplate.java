package dev.tenfold.gateway.truth;

import dev.tenfold.gateway.truth.Query.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of the calls of one method. The table is written from the methods' specifications and
 * not from the gateway's own, so that an error there shows.
 *
 * @param method its name
 * @param kind what the answer follows from
 * @param params JSON with single quotes. {@code $B}, {@code $N} and {@code $R} stand for blocks: of
 *     any form, by number or tag only, of any form but EIP-1898 numbers; {@code $F} and {@code $T}
 *     for the ends of a range, {@code $F} for both where they are the same; {@code $H} for a
 *     block's hash, {@code $X} for a transaction's; {@code $A} and {@code $C} for an account and a
 *     contract; {@code $S}, {@code $I}, {@code $D}, {@code $O} for a slot, an index, call data,
 *     topics; {@code $J} for the options of a tracer, {@code $Y0} and {@code $Y1} for a sender and
 *     a nonce
 */
record QueryTemplate(String method, Kind kind, String params) {

  /** Every method whose answers may be kept, and what is answered by the gateway itself. */
  static List<QueryTemplate> all() {
    List<QueryTemplate> all = new ArrayList<>();
    pinned(all);
    numbered(all);
    named(all);
    ofTheHead(all);
    return List.copyOf(all);
  }

  private static void pinned(List<QueryTemplate> all) {
    add(all, Kind.PINNED, "eth_call", "[{'to':'$C','data':'$D'},'$B']");
    add(all, Kind.PINNED, "eth_call", "[{'to':'$C','data':'$D'}]");
    add(all, Kind.PINNED, "eth_call", "[{'to':'$C','data':'$D'},'$B',{'$A':{'nonce':'$I'}}]");
    add(all, Kind.PINNED, "eth_getBalance", "['$A','$B']");
    add(all, Kind.PINNED, "eth_getCode", "['$C','$B']");
    add(all, Kind.PINNED, "eth_getTransactionCount", "['$A','$B']");
    add(all, Kind.PINNED, "eth_getStorageAt", "['$C','$S','$B']");
    add(all, Kind.PINNED, "eth_getProof", "['$C',['$S'],'$B']");
    add(all, Kind.PINNED, "eth_estimateGas", "[{'to':'$C','data':'$D'},'$B']");
    add(all, Kind.PINNED, "eth_estimateGas", "[{'from':'$A','to':'$C','data':'$D'}]");
    add(all, Kind.PINNED, "eth_createAccessList", "[{'to':'$C','data':'$D'},'$B']");
    add(all, Kind.PINNED, "eth_getAccount", "['$A','$B']");
    add(all, Kind.PINNED, "eth_getStorageValues", "[{'$C':['$S','0x1']},'$B']");
    add(
        all,
        Kind.PINNED,
        "eth_simulateV1",
        "[{'blockStateCalls':[{'calls':[{'to':'$C','data':'$D'}]}]},'$B']");
    add(all, Kind.PINNED, "debug_traceCall", "[{'to':'$C','data':'$D'},'$B','$J']");
    add(all, Kind.PINNED, "eth_getBlockByNumber", "['$N',false]");
    add(all, Kind.PINNED, "eth_getBlockByNumber", "['$N',true]");
    add(all, Kind.PINNED, "eth_getBlockTransactionCountByNumber", "['$N']");
    add(all, Kind.PINNED, "eth_getUncleCountByBlockNumber", "['$N']");
    add(all, Kind.PINNED, "eth_getTransactionByBlockNumberAndIndex", "['$N','$I']");
    add(all, Kind.PINNED, "eth_getUncleByBlockNumberAndIndex", "['$N','0x0']");
    add(all, Kind.PINNED, "eth_getBlockReceipts", "['$R']");
    add(all, Kind.PINNED, "debug_traceBlockByNumber", "['$N','$J']");
    add(all, Kind.PINNED, "debug_getRawHeader", "['$R']");
    add(all, Kind.PINNED, "debug_getRawBlock", "['$R']");
    add(all, Kind.PINNED, "debug_getRawReceipts", "['$R']");
    add(all, Kind.PINNED, "eth_getLogs", "[{'fromBlock':'$F','toBlock':'$F'}]");
    add(
        all,
        Kind.PINNED,
        "eth_getLogs",
        "[{'fromBlock':'$F','toBlock':'$F','address':'$C','topics':'$O'}]");
    add(all, Kind.PINNED, "eth_getLogs", "[{'topics':'$O'}]");
  }

  private static void numbered(List<QueryTemplate> all) {
    add(all, Kind.NUMBERED, "eth_getLogs", "[{'fromBlock':'$F','toBlock':'$T','topics':'$O'}]");
    add(
        all,
        Kind.NUMBERED,
        "eth_getLogs",
        "[{'fromBlock':'$F','toBlock':'$T','address':['$C'],'topics':'$O'}]");
    add(all, Kind.NUMBERED, "trace_filter", "[{'fromBlock':'$F','toBlock':'$T','fromAddress':[]}]");
    add(all, Kind.NUMBERED, "trace_block", "['$N']");
    add(all, Kind.NUMBERED, "trace_replayBlockTransactions", "['$N',['trace']]");
    add(all, Kind.NUMBERED, "trace_call", "[{'to':'$C','data':'$D'},['trace'],'$N']");
    add(all, Kind.NUMBERED, "trace_callMany", "[[[{'to':'$C','data':'$D'},['trace']]],'$N']");
    add(
        all,
        Kind.NUMBERED,
        "debug_traceCallMany",
        "[[{'transactions':[{'to':'$C','data':'$D'}]}],{'blockNumber':'$N'},'$J']");
    add(all, Kind.NUMBERED, "erigon_getHeaderByNumber", "['$N']");
    add(all, Kind.NUMBERED, "optimism_outputAtBlock", "['$N']");
  }

  private static void named(List<QueryTemplate> all) {
    add(all, Kind.HASHED, "eth_getBlockByHash", "['$H',false]");
    add(all, Kind.HASHED, "eth_getBlockTransactionCountByHash", "['$H']");
    add(all, Kind.HASHED, "eth_getUncleCountByBlockHash", "['$H']");
    add(all, Kind.HASHED, "eth_getTransactionByBlockHashAndIndex", "['$H','$I']");
    add(all, Kind.HASHED, "eth_getUncleByBlockHashAndIndex", "['$H','0x0']");
    add(all, Kind.HASHED, "debug_traceBlockByHash", "['$H','$J']");
    add(all, Kind.HASHED, "erigon_getHeaderByHash", "['$H']");
    add(all, Kind.HASHED, "debug_storageRangeAt", "['$H',0,'$C','0x00',2]");
    add(all, Kind.HASHED, "eth_getLogs", "[{'blockHash':'$H','topics':'$O'}]");
    add(all, Kind.TRANSACTION, "eth_getTransactionByHash", "['$X']");
    add(all, Kind.TRANSACTION, "eth_getTransactionReceipt", "['$X']");
    add(all, Kind.TRANSACTION, "eth_getTransactionReceipt", "['$X']");
    add(all, Kind.TRANSACTION, "debug_getRawTransaction", "['$X']");
    add(all, Kind.TRANSACTION, "debug_traceTransaction", "['$X','$J']");
    add(all, Kind.TRANSACTION, "trace_transaction", "['$X']");
    add(all, Kind.TRANSACTION, "trace_get", "['$X',[]]");
    add(all, Kind.TRANSACTION, "trace_replayTransaction", "['$X',['trace']]");
    add(all, Kind.TRANSACTION, "eth_getTransactionBySenderAndNonce", "['$Y0','$Y1']");
  }

  private static void ofTheHead(List<QueryTemplate> all) {
    add(all, Kind.HEAD, "eth_gasPrice", "[]");
    add(all, Kind.HEAD, "eth_maxPriorityFeePerGas", "[]");
    add(all, Kind.HEAD, "eth_blobBaseFee", "[]");
    add(all, Kind.HEAD, "eth_baseFee", "[]");
    add(all, Kind.HEAD, "eth_feeHistory", "['0x3','$N',[25,75]]");
    add(all, Kind.HEAD, "eth_capabilities", "[]");
    add(all, Kind.HEAD, "eth_config", "[]");
    add(all, Kind.HEAD, "erigon_blockNumber", "[]");
    add(all, Kind.HEAD, "bor_getAuthor", "[]");
    add(all, Kind.HEAD, "bor_getAuthor", "['$N']");
    add(all, Kind.HEAD, "bor_getCurrentProposer", "[]");
    add(all, Kind.HEAD, "bor_getCurrentValidators", "[]");
    add(all, Kind.LOCAL, "eth_blockNumber", "[]");
    add(all, Kind.LOCAL, "eth_chainId", "[]");
    add(all, Kind.LOCAL, "web3_sha3", "['$D']");
  }

  private static void add(List<QueryTemplate> all, Kind kind, String method, String params) {
    all.add(new QueryTemplate(method, kind, params.replace('\'', '"')));
  }
}
