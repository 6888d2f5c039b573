package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.answers.CallTerms.Handling;
import dev.tenfold.gateway.answers.CallTerms.Terms;
import dev.tenfold.gateway.evm.AnswerBlock;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcReply.Streamed;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;

/**
 * Judges an answer: is it one that can never change? That is so if the block that it is about is
 * final by what the answering node itself calls final, whatever other nodes say.
 */
final class KeepPolicy {
  private KeepPolicy() {}

  /** {@link MissReason#COLD} if the answer can be kept, or else what forbids it. */
  static MissReason judge(Terms terms, RpcReply reply) {
    return switch (reply) {
      case Result result -> judge(terms, result);
      case RpcError error -> judge(terms, error);
      case Streamed streamed -> MissReason.TOO_LARGE;
    };
  }

  private static MissReason judge(Terms terms, Result result) {
    if (!terms.handling().mayBeKept()) {
      return terms.reason();
    }
    byte[] json = result.json();
    if (JsonSpans.isNull(json, JsonSpans.skipSpace(json, 0, json.length))) {
      return MissReason.NULL_RESULT;
    }
    return switch (terms.handling()) {
      case KEEP_RANGE -> finality(terms.block(), result.nodeFinalized());
      case KEEP_BLOCK ->
          isAboutAnother(terms, json)
              ? MissReason.BLOCK_UNKNOWN
              : finality(terms.block(), result.nodeFinalized());
      case KEEP_NAMED -> finality(AnswerBlock.of(terms.method(), json), result.nodeFinalized());
      case ALONE, SHARE -> terms.reason();
    };
  }

  private static MissReason judge(Terms terms, RpcError error) {
    if (error.failure() != Failure.NODE_REVERT) {
      return MissReason.ERROR;
    }
    return terms.handling() == Handling.KEEP_BLOCK
        ? finality(terms.block(), error.nodeFinalized())
        : terms.handling().mayBeKept() ? MissReason.ERROR : terms.reason();
  }

  /** A node that was asked for one block and answers with another is not to be believed. */
  private static boolean isAboutAnother(Terms terms, byte[] json) {
    long named = AnswerBlock.of(terms.method(), json);
    return named != AnswerBlock.NONE && named != terms.block();
  }

  private static MissReason finality(long block, long nodeFinalized) {
    if (block == AnswerBlock.NONE) {
      return MissReason.BLOCK_UNKNOWN;
    }
    return block <= nodeFinalized ? MissReason.COLD : MissReason.NOT_FINAL;
  }
}
