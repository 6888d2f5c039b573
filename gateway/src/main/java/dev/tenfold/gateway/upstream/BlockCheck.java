package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.evm.AnswerBlock;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.MissingBlock;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcReply.Streamed;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.upstream.AnswerReader.Answer;

/**
 * Finds the answers of a node that does not have the block that a call is about: it lags behind the
 * chain that is followed, or is on another fork. Stateless.
 */
final class BlockCheck {
  private BlockCheck() {}

  /** The answer, or {@link Failure#NODE_LACKS_BLOCK} if it comes from such a node. */
  static RpcReply check(RpcRequest request, Answer answer) {
    BlockHeader block = request.asked().block();
    if (block == null) {
      return answer.reply();
    }
    boolean lacks =
        answer.reply() instanceof Result result
            ? isOfAnother(request, block, result.json())
            : answer.meaning() == ErrorMeaning.LACKS_BLOCK;
    return lacks ? Failure.NODE_LACKS_BLOCK.reply() : answer.reply();
  }

  /** The reply of a node that was asked by the block's hash. */
  static RpcReply byHash(RpcReply reply) {
    return switch (reply) {
      case Result result ->
          new Result(result.json(), result.cacheStatus(), result.nodeFinalized(), true);
      case RpcError error ->
          new RpcError(
              error.json(),
              error.failure(),
              error.cacheStatus(),
              error.retryAfterSeconds(),
              error.nodeFinalized(),
              true);
      case Streamed streamed -> streamed;
    };
  }

  private static boolean isOfAnother(RpcRequest request, BlockHeader block, byte[] json) {
    return MissingBlock.isSaidBy(
            request.method(), request.json(), request.paramsFrom(), request.paramsTo(), block, json)
        || AnswerBlock.of(request.method(), json).contradicts(block);
  }
}
