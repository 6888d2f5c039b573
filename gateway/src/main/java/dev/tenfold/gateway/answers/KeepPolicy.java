package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.answers.CallTerms.Handling;
import dev.tenfold.gateway.answers.CallTerms.Terms;
import dev.tenfold.gateway.evm.AnswerBlock;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.NamedBlock;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcReply.Streamed;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;

/**
 * Judges an answer: which block is it about, for certain? Near the head that is known if the node
 * was asked by the block's hash, or if the answer names a block that the window has. Else the
 * answer is kept only if its block is final by what the answering node itself calls final, whatever
 * other nodes say. Stateless.
 */
final class KeepPolicy {
  private KeepPolicy() {}

  /** What is to be done with an answer. */
  sealed interface Judgement {
    /** Keep it. */
    record Keep(Placement placement) implements Judgement {}

    /**
     * Do not keep it.
     *
     * @param number the block that it is about, as far as is known, or {@link Snapshot#UNKNOWN}
     */
    record Refuse(MissReason reason, long number) implements Judgement {}

    /**
     * Its block is to be looked up.
     *
     * @param named what the answer says of it
     */
    record LookUp(NamedBlock named) implements Judgement {}
  }

  /**
   * Judges the answer to a call.
   *
   * @param now what is believed of the chain now that the answer is there
   */
  static Judgement judge(Terms terms, RpcReply reply, Snapshot now) {
    return switch (reply) {
      case Result result -> judge(terms, result, now);
      case RpcError error -> judge(terms, error, now);
      case Streamed streamed -> refuse(MissReason.TOO_LARGE, terms);
    };
  }

  private static Judgement judge(Terms terms, Result result, Snapshot now) {
    if (!terms.handling().mayBeKept()) {
      return refuse(terms.reason(), terms);
    }
    byte[] json = result.json();
    if (JsonSpans.isNull(json, JsonSpans.skipSpace(json, 0, json.length))) {
      return refuse(MissReason.NULL_RESULT, terms);
    }
    return switch (terms.handling()) {
      case BLOCK ->
          result.byHash()
              ? withBlock(terms, now)
              : byNumber(terms, named(terms, json), result.nodeFinalized(), now);
      case RANGE -> ifFinal(terms, result.nodeFinalized(), now);
      case NAMED -> byName(named(terms, json), result.nodeFinalized(), now);
      case HASH -> byHash(terms, named(terms, json), now);
      case TRANSACTION ->
          isEmptyData(json)
              ? refuse(MissReason.NULL_RESULT, terms)
              : new Judgement.LookUp(NamedBlock.NONE);
      case HEAD -> withHead(terms);
      case ALONE, SHARE -> refuse(terms.reason(), terms);
    };
  }

  /** So a node says of a raw transaction that it does not know it. */
  private static boolean isEmptyData(byte[] json) {
    int at = JsonSpans.skipSpace(json, 0, json.length);
    return JsonSpans.isString(json, at)
        && JsonSpans.stringEquals(json, at, JsonSpans.valueEnd(json, at, json.length), "0x");
  }

  private static Judgement judge(Terms terms, RpcError error, Snapshot now) {
    if (error.failure() != Failure.NODE_REVERT) {
      return refuse(MissReason.ERROR, terms);
    }
    return switch (terms.handling()) {
      case BLOCK ->
          error.byHash() ? withBlock(terms, now) : ifFinal(terms, error.nodeFinalized(), now);
      case HASH -> byHash(terms, NamedBlock.NONE, now);
      default -> refuse(terms.handling().mayBeKept() ? MissReason.ERROR : terms.reason(), terms);
    };
  }

  private static NamedBlock named(Terms terms, byte[] json) {
    return AnswerBlock.of(terms.method(), json);
  }

  private static Judgement withBlock(Terms terms, Snapshot now) {
    BlockHeader block = terms.block();
    return block == null
        ? refuse(MissReason.BLOCK_UNKNOWN, terms)
        : new Judgement.Keep(Placement.with(block, now));
  }

  private static Judgement withHead(Terms terms) {
    BlockHeader head = terms.block();
    return head == null
        ? refuse(MissReason.NOT_READY, terms)
        : new Judgement.Keep(new Placement(head, false));
  }

  /** The node was asked for a number; one that answers with another block is not believed. */
  private static Judgement byNumber(
      Terms terms, NamedBlock named, long nodeFinalized, Snapshot now) {
    if (named.isNamed() && named.number() != terms.number()) {
      return refuse(MissReason.BLOCK_UNKNOWN, terms);
    }
    return named.hash() == null
        ? ifFinal(terms, nodeFinalized, now)
        : byName(named, nodeFinalized, now);
  }

  private static Judgement byName(NamedBlock named, long nodeFinalized, Snapshot now) {
    BlockHeader there = now.block(named.number());
    if (there != null && named.hash() != null) {
      return named.contradicts(there)
          ? new Judgement.Refuse(MissReason.BLOCK_UNKNOWN, named.number())
          : new Judgement.Keep(Placement.with(there, now));
    }
    return ifFinal(named.number(), nodeFinalized, now);
  }

  private static Judgement byHash(Terms terms, NamedBlock named, Snapshot now) {
    if (named.hash() != null && !named.hash().equals(terms.hash())) {
      return refuse(MissReason.BLOCK_UNKNOWN, terms);
    }
    BlockHeader there = terms.hash() == null ? null : now.block(terms.hash());
    return there == null
        ? new Judgement.LookUp(named)
        : new Judgement.Keep(Placement.with(there, now));
  }

  private static Judgement ifFinal(Terms terms, long nodeFinalized, Snapshot now) {
    boolean mayChange = terms.handling() == Handling.BLOCK && terms.block() != null;
    Judgement judged = ifFinal(terms.number(), nodeFinalized, now);
    return mayChange && judged instanceof Judgement.Refuse
        ? refuse(MissReason.NOT_FINAL, terms)
        : judged;
  }

  private static Judgement ifFinal(long number, long nodeFinalized, Snapshot now) {
    if (number == Snapshot.UNKNOWN) {
      return new Judgement.Refuse(MissReason.BLOCK_UNKNOWN, number);
    }
    if (number <= nodeFinalized) {
      return new Judgement.Keep(Placement.FINAL);
    }
    return new Judgement.Refuse(
        number > now.head() ? MissReason.ABOVE_HEAD : MissReason.NOT_FINAL, number);
  }

  private static Judgement refuse(MissReason reason, Terms terms) {
    return new Judgement.Refuse(reason, terms.number());
  }
}
