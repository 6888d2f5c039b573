package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.AnswerBlock;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.BlockParameter;
import dev.tenfold.gateway.evm.BlockRange;
import dev.tenfold.gateway.evm.BlockWord;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.toolkit.jsonrpc.CanonicalWriter;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a call which block it is about in the chain as its snapshot has it, and on which terms
 * its answer may be shared and kept. Tags become numbers here.
 *
 * <p>Reusable and not thread-safe: one an event loop. Allocates nothing; {@link #copy} is what
 * lasts.
 */
final class CallTerms {
  private static final byte[] NO_PARAMS = {'[', ']'};

  private final BlockParameter parameter = new BlockParameter();
  private final BlockRange range = new BlockRange();
  private Handling handling = Handling.ALONE;
  private MissReason reason = MissReason.UNKNOWN_METHOD;
  private long number = Snapshot.UNKNOWN;
  private long first = Snapshot.UNKNOWN;
  private int numberAt = BlockParameter.NOWHERE;
  private int firstAt = BlockParameter.NOWHERE;
  private boolean implied;

  /** What may be done with a call. */
  enum Handling {
    /** It goes to a node by itself. */
    ALONE,
    /** It shares a call with its equals, and its answer is forgotten. */
    SHARE,
    /** It is about one block, which it names by number or tag: kept with that block. */
    BLOCK,
    /** It is about several blocks, named by numbers or tags: kept once the last one is final. */
    RANGE,
    /** The answer names its block: kept with that block. */
    NAMED,
    /** The call names its block by hash: kept with that block. */
    HASH,
    /** It is about a transaction whose block is looked up: kept with that block. */
    TRANSACTION,
    /** It holds until the head changes: kept with the head. */
    HEAD;

    boolean mayBeKept() {
      return compareTo(BLOCK) >= 0;
    }
  }

  /**
   * The terms of one call.
   *
   * @param reason why it is not kept, where that is known before the answer
   * @param number the last block that it is about, or {@link Snapshot#UNKNOWN}
   * @param block that block, if the call is about one and the window has it
   * @param hash by which the call names its block, or null
   * @param forms how the call is put to a node
   */
  record Terms(
      Method method,
      Handling handling,
      MissReason reason,
      long number,
      @Nullable BlockHeader block,
      @Nullable BlockHash hash,
      BlockForms forms) {}

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
      case TRANSACTION -> transaction(request.method());
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

  /**
   * The number that belongs to the key of the call because it is not among its parameters, or
   * {@link Snapshot#UNKNOWN}.
   */
  long keyNumber() {
    return implied ? number : Snapshot.UNKNOWN;
  }

  /**
   * Writes the parameters in canonical form, with numbers in place of tags.
   *
   * @return false if they have none
   */
  boolean writeKey(CanonicalWriter writer, RpcRequest request) {
    if (!request.hasParams()) {
      writer.put(NO_PARAMS, 0, NO_PARAMS.length);
      return true;
    }
    if (firstAt != BlockParameter.NOWHERE) {
      writer.quantityAt(firstAt, first);
    }
    if (numberAt != BlockParameter.NOWHERE) {
      writer.quantityAt(numberAt, number);
    }
    if (!writer.write(request.json(), request.paramsFrom(), request.paramsTo())) {
      return false;
    }
    if (handling == Handling.BLOCK && isLeftOutAtEnd(request)) {
      writer.takeBack();
      writer.put((byte) ',');
      writer.putQuantity(number);
      writer.put((byte) ']');
    }
    return true;
  }

  private boolean isLeftOutAtEnd(RpcRequest request) {
    return request.method().blockAt() != Method.NONE && parameter.isLeftOutAtEnd();
  }

  /** What was read last, to be looked at when the answer is there. */
  Terms copy(RpcRequest request) {
    Snapshot snapshot = request.snapshot();
    BlockHash hash = handling == Handling.HASH ? hash(request) : null;
    BlockHeader block =
        switch (handling) {
          case BLOCK, HEAD -> blockAt(snapshot);
          case HASH -> hash == null ? null : snapshot.block(hash);
          default -> null;
        };
    return new Terms(request.method(), handling, reason, number, block, hash, forms(request));
  }

  private @Nullable BlockHeader blockAt(Snapshot snapshot) {
    BlockHeader block = snapshot.block(number);
    if (block != null) {
      return block;
    }
    BlockHeader tagged = snapshot.finalizedBlock();
    return tagged != null && tagged.number() == number ? tagged : null;
  }

  private @Nullable BlockHash hash(RpcRequest request) {
    return request.method().blockAt() == Method.NONE
        ? range.hash(request.json())
        : parameter.hash(request.json());
  }

  private BlockForms forms(RpcRequest request) {
    if (handling == Handling.HEAD && first != Snapshot.UNKNOWN) {
      return BlockForms.ofParameter(parameter, first);
    }
    if (handling == Handling.BLOCK && request.method().blockAt() != Method.NONE) {
      return BlockForms.ofParameter(parameter, number);
    }
    boolean isRange = handling == Handling.BLOCK || handling == Handling.RANGE;
    return isRange && request.method().blockAt() == Method.NONE
        ? BlockForms.ofRange(range, first, number)
        : BlockForms.AS_IT_IS;
  }

  private Handling block(RpcRequest request) {
    return switch (parameter(request)) {
      case NUMBER -> atNumber(parameter.number(), request);
      case LATEST, SAFE, FINALIZED -> atTag(request);
      case HASH -> set(Handling.HASH, MissReason.COLD);
      case EARLIEST, PENDING -> set(Handling.ALONE, MissReason.PENDING);
      case MALFORMED -> set(Handling.ALONE, MissReason.BAD_PARAMS);
    };
  }

  private Handling atNumber(long named, RpcRequest request) {
    set(Handling.BLOCK, MissReason.COLD);
    number = named;
    boolean object =
        parameter.from() != BlockParameter.NOWHERE
            && JsonSpans.isObject(request.json(), parameter.from());
    numberAt = object ? parameter.from() : BlockParameter.NOWHERE;
    return handling;
  }

  private Handling atTag(RpcRequest request) {
    long resolved = resolve(parameter.word(), Snapshot.UNKNOWN, request.snapshot());
    if (resolved == Snapshot.UNKNOWN) {
      return set(Handling.SHARE, MissReason.BLOCK_UNKNOWN);
    }
    set(Handling.BLOCK, MissReason.COLD);
    number = resolved;
    numberAt = parameter.from();
    implied = numberAt == BlockParameter.NOWHERE && !parameter.isLeftOutAtEnd();
    return handling;
  }

  private static long resolve(BlockWord word, long named, Snapshot snapshot) {
    return switch (word) {
      case NUMBER -> named;
      case LATEST -> snapshot.head();
      case SAFE -> number(snapshot.safeBlock());
      case FINALIZED -> number(snapshot.finalizedBlock());
      case HASH, EARLIEST, PENDING, MALFORMED -> Snapshot.UNKNOWN;
    };
  }

  private static long number(@Nullable BlockHeader block) {
    return block == null ? Snapshot.UNKNOWN : block.number();
  }

  private Handling blockHash(RpcRequest request) {
    return switch (parameter(request)) {
      case HASH -> set(Handling.HASH, MissReason.COLD);
      case EARLIEST, PENDING -> set(Handling.ALONE, MissReason.PENDING);
      case NUMBER, LATEST, SAFE, FINALIZED, MALFORMED -> set(Handling.ALONE, MissReason.BAD_PARAMS);
    };
  }

  private Handling transaction(Method method) {
    return set(
        AnswerBlock.isNamedBy(method) ? Handling.NAMED : Handling.TRANSACTION, MissReason.COLD);
  }

  private Handling range(RpcRequest request) {
    if (request.method().blockAt() != Method.NONE) {
      return upTo(request);
    }
    range.read(request.method(), request.json(), request.paramsFrom(), request.paramsTo());
    BlockWord from = range.first();
    BlockWord to = range.last();
    if (from == BlockWord.MALFORMED || to == BlockWord.MALFORMED) {
      return set(Handling.ALONE, MissReason.BAD_PARAMS);
    }
    if (isNeverKept(from) || isNeverKept(to)) {
      return set(Handling.ALONE, MissReason.PENDING);
    }
    return from == BlockWord.HASH ? set(Handling.HASH, MissReason.COLD) : numbers(request);
  }

  private Handling numbers(RpcRequest request) {
    Snapshot snapshot = request.snapshot();
    long from = resolve(range.first(), range.firstNumber(), snapshot);
    long to = resolve(range.last(), range.lastNumber(), snapshot);
    if (from == Snapshot.UNKNOWN || to == Snapshot.UNKNOWN) {
      return set(Handling.SHARE, MissReason.BLOCK_UNKNOWN);
    }
    if (Math.max(from, to) > snapshot.head() && snapshot.head() != Snapshot.UNKNOWN) {
      return set(Handling.SHARE, MissReason.ABOVE_HEAD);
    }
    if (from > to) {
      return set(Handling.ALONE, MissReason.BAD_PARAMS);
    }
    boolean one =
        from == to
            && request.method().nearHead() == Method.NearHead.BY_HASH
            && snapshot.block(to) != null;
    set(one ? Handling.BLOCK : Handling.RANGE, MissReason.COLD);
    first = from;
    number = to;
    firstAt = range.first().moves() ? range.firstFrom() : BlockParameter.NOWHERE;
    numberAt = range.last().moves() ? range.lastFrom() : BlockParameter.NOWHERE;
    implied =
        range.firstFrom() == BlockParameter.NOWHERE || range.lastFrom() == BlockParameter.NOWHERE;
    return handling;
  }

  /** {@code eth_feeHistory}: so many blocks up to one. */
  private Handling upTo(RpcRequest request) {
    return switch (parameter(request)) {
      case NUMBER -> upTo(parameter.number(), request.snapshot());
      case LATEST, SAFE, FINALIZED -> tagAtHead(request.snapshot());
      case EARLIEST, PENDING -> set(Handling.ALONE, MissReason.PENDING);
      case HASH, MALFORMED -> set(Handling.ALONE, MissReason.BAD_PARAMS);
    };
  }

  private Handling upTo(long last, Snapshot snapshot) {
    if (last > snapshot.finalized()) {
      return last > snapshot.head() ? set(Handling.SHARE, MissReason.ABOVE_HEAD) : atHead(snapshot);
    }
    set(Handling.RANGE, MissReason.COLD);
    number = last;
    return handling;
  }

  private Handling head(RpcRequest request) {
    if (request.method().blockAt() == Method.NONE) {
      return atHead(request.snapshot());
    }
    return switch (parameter(request)) {
      case NUMBER, HASH -> atHead(request.snapshot());
      case LATEST, SAFE, FINALIZED -> tagAtHead(request.snapshot());
      case EARLIEST, PENDING -> set(Handling.ALONE, MissReason.PENDING);
      case MALFORMED -> set(Handling.ALONE, MissReason.BAD_PARAMS);
    };
  }

  private Handling atHead(Snapshot snapshot) {
    if (snapshot.block(snapshot.head()) == null) {
      return set(Handling.SHARE, MissReason.NOT_READY);
    }
    set(Handling.HEAD, MissReason.COLD);
    number = snapshot.head();
    implied = true;
    return handling;
  }

  /** With a tag: what it means may change while the head stays. */
  private Handling tagAtHead(Snapshot snapshot) {
    long named = resolve(parameter.word(), Snapshot.UNKNOWN, snapshot);
    if (named == Snapshot.UNKNOWN) {
      return set(Handling.SHARE, MissReason.BLOCK_UNKNOWN);
    }
    atHead(snapshot);
    if (handling == Handling.HEAD) {
      first = named;
      firstAt = parameter.from();
    }
    return handling;
  }

  private BlockWord parameter(RpcRequest request) {
    return parameter.read(
        request.method(), request.json(), request.paramsFrom(), request.paramsTo());
  }

  private static boolean isNeverKept(BlockWord word) {
    return word == BlockWord.EARLIEST || word == BlockWord.PENDING;
  }

  private Handling set(Handling how, MissReason because) {
    handling = how;
    reason = because;
    number = Snapshot.UNKNOWN;
    first = Snapshot.UNKNOWN;
    numberAt = BlockParameter.NOWHERE;
    firstAt = BlockParameter.NOWHERE;
    implied = false;
    return how;
  }
}
