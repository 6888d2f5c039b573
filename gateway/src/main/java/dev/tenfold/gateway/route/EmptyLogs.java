package dev.tenfold.gateway.route;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.LogsFilter;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;

/**
 * Doubts an empty list of logs where the bloom of the block says that there may be some: a node
 * that has the block but not yet its receipts answers so. Stateless.
 */
final class EmptyLogs {
  private EmptyLogs() {}

  /** True if another node is to be asked before the answer is believed. */
  static boolean isDoubtful(RpcRequest request, Result result) {
    BlockHeader block = request.asked().block();
    return block != null
        && request.method().name().equals("eth_getLogs")
        && JsonSpans.elementCount(result.json(), 0, result.json().length) == 0
        && LogsFilter.mayMatch(
            request.json(), request.paramsFrom(), request.paramsTo(), block.bloom());
  }
}
