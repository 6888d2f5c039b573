package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.AnswerBlock;
import dev.tenfold.gateway.evm.BlockParameter;
import dev.tenfold.gateway.evm.BlockRange;
import dev.tenfold.gateway.evm.BlockWord;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;

/**
 * Reads from a call on which terms its answer may be shared and kept. Reusable and not thread-safe:
 * one an event loop. Allocates nothing; {@link #copy} is what lasts.
 */
final class CallTerms {
  private final BlockParameter parameter = new BlockParameter();
  private final BlockRange range = new BlockRange();
  private Handling handling = Handling.ALONE;
  private MissReason reason = MissReason.UNKNOWN_METHOD;
  private long block = BlockParameter.NO_NUMBER;

  /** What may be done with a call. */
  enum Handling {
    /** It goes to a node by itself. */
    ALONE,
    /** It shares a call with its equals, and its answer is forgotten. */
    SHARE,
    /** It is shared, and kept once the block that it names by number is final. */
    KEEP_BLOCK,
    /** The same, for the last block of a range. */
    KEEP_RANGE,
    /** It is shared, and kept once the block that the answer names is final. */
    KEEP_NAMED;

    boolean mayBeKept() {
      return compareTo(KEEP_BLOCK) >= 0;
    }
  }

  /**
   * The terms of one call.
   *
   * @param reason why it is not kept, where that is known before the answer
   * @param block the last block that it names by number, or {@link BlockParameter#NO_NUMBER}
   */
  record Terms(Method method, Handling handling, MissReason reason, long block) {}

  /** Reads a call. */
  Handling read(RpcRequest request) {
    boolean byName =
        request.hasParams() && !JsonSpans.isArray(request.json(), request.paramsFrom());
    if (byName) {
      return set(Handling.ALONE, MissReason.BAD_PARAMS);
    }
    return switch (request.method().methodClass()) {
      case BLOCK -> block(request);
      case BLOCK_HASH -> blockHash(request);
      case TRANSACTION -> named(request);
      case RANGE -> range(request);
      case HEAD -> head(request);
      case LOCAL -> set(Handling.SHARE, LocalAnswers.whyNot(request.method()));
      case FILTER -> set(Handling.ALONE, MissReason.FILTER);
      case UNKNOWN -> set(Handling.ALONE, MissReason.UNKNOWN_METHOD);
      case PASS, DENIED, SUBSCRIPTION -> set(Handling.ALONE, MissReason.NEVER_KEPT);
    };
  }

  /** Why the call that was read last is not kept, where that is known before the answer. */
  MissReason reason() {
    return reason;
  }

  /** What was read last, to be looked at when the answer is there. */
  Terms copy(Method method) {
    return new Terms(method, handling, reason, block);
  }

  private Handling block(RpcRequest request) {
    return switch (parameter(request)) {
      case NUMBER -> keep(Handling.KEEP_BLOCK, parameter.number());
      case HASH -> named(request);
      case LATEST, SAFE, FINALIZED -> set(Handling.SHARE, MissReason.NOT_FINAL);
      case EARLIEST, PENDING -> set(Handling.ALONE, MissReason.PENDING);
      case MALFORMED -> set(Handling.ALONE, MissReason.BAD_PARAMS);
    };
  }

  private Handling blockHash(RpcRequest request) {
    return switch (parameter(request)) {
      case HASH -> named(request);
      case EARLIEST, PENDING -> set(Handling.ALONE, MissReason.PENDING);
      case NUMBER, LATEST, SAFE, FINALIZED, MALFORMED -> set(Handling.ALONE, MissReason.BAD_PARAMS);
    };
  }

  private Handling named(RpcRequest request) {
    return AnswerBlock.isNamedBy(request.method())
        ? keep(Handling.KEEP_NAMED, BlockParameter.NO_NUMBER)
        : set(Handling.SHARE, MissReason.BLOCK_UNKNOWN);
  }

  private Handling range(RpcRequest request) {
    if (request.method().blockAt() != Method.NONE) {
      return upTo(request);
    }
    range.read(request.method(), request.json(), request.paramsFrom(), request.paramsTo());
    BlockWord first = range.first();
    BlockWord last = range.last();
    if (first == BlockWord.MALFORMED || last == BlockWord.MALFORMED) {
      return set(Handling.ALONE, MissReason.BAD_PARAMS);
    }
    if (isNeverKept(first) || isNeverKept(last)) {
      return set(Handling.ALONE, MissReason.PENDING);
    }
    if (first == BlockWord.HASH) {
      return named(request);
    }
    if (first.moves() || last.moves()) {
      return set(Handling.SHARE, MissReason.NOT_FINAL);
    }
    return range.firstNumber() <= range.lastNumber()
        ? keep(Handling.KEEP_RANGE, range.lastNumber())
        : set(Handling.ALONE, MissReason.BAD_PARAMS);
  }

  /** {@code eth_feeHistory}: so many blocks up to one. */
  private Handling upTo(RpcRequest request) {
    return switch (parameter(request)) {
      case NUMBER -> keep(Handling.KEEP_RANGE, parameter.number());
      case LATEST, SAFE, FINALIZED -> set(Handling.SHARE, MissReason.HEAD_KEYED);
      case EARLIEST, PENDING -> set(Handling.ALONE, MissReason.PENDING);
      case HASH, MALFORMED -> set(Handling.ALONE, MissReason.BAD_PARAMS);
    };
  }

  private Handling head(RpcRequest request) {
    if (request.method().blockAt() == Method.NONE) {
      return set(Handling.SHARE, MissReason.HEAD_KEYED);
    }
    return switch (parameter(request)) {
      case NUMBER, HASH, LATEST, SAFE, FINALIZED -> set(Handling.SHARE, MissReason.HEAD_KEYED);
      case EARLIEST, PENDING -> set(Handling.ALONE, MissReason.PENDING);
      case MALFORMED -> set(Handling.ALONE, MissReason.BAD_PARAMS);
    };
  }

  private BlockWord parameter(RpcRequest request) {
    return parameter.read(
        request.method(), request.json(), request.paramsFrom(), request.paramsTo());
  }

  private static boolean isNeverKept(BlockWord word) {
    return word == BlockWord.EARLIEST || word == BlockWord.PENDING;
  }

  private Handling keep(Handling how, long atBlock) {
    set(how, MissReason.COLD);
    block = atBlock;
    return how;
  }

  private Handling set(Handling how, MissReason because) {
    handling = how;
    reason = because;
    block = BlockParameter.NO_NUMBER;
    return how;
  }
}
