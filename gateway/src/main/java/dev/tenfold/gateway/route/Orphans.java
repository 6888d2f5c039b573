package dev.tenfold.gateway.route;

import dev.tenfold.gateway.evm.AnswerBlock;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.evm.NamedBlock;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;

/**
 * Finds a transaction or receipt of a block that is not in the chain: at its number the window has
 * another. Either the node is behind a reorganisation, or we are, and will not be for long.
 * Stateless.
 */
final class Orphans {
  private Orphans() {}

  /** True if the result names a block whose place another one has, as is believed now. */
  static boolean isNamedBy(RpcRequest request, Result result, Snapshot now) {
    if (request.method().methodClass() != MethodClass.TRANSACTION) {
      return false;
    }
    NamedBlock named = AnswerBlock.of(request.method(), result.json());
    BlockHeader there = named.isNamed() ? now.block(named.number()) : null;
    return there != null && named.contradicts(there);
  }
}
