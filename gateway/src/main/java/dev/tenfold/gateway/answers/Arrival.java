package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.answers.CallTerms.Handling;
import dev.tenfold.gateway.answers.CallTerms.Terms;
import dev.tenfold.gateway.answers.KeepPolicy.Judgement;
import dev.tenfold.gateway.evm.AnswerBlock;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.NamedBlock;
import dev.tenfold.gateway.rpc.AskedBlock;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call that is shared: how it is put to a node, and what becomes of the answer. Confined to the
 * loop of the one who started it.
 */
final class Arrival implements Flights.Landing {
  private final AnsweredChain chain;
  private final AnswerMemory memory;
  private final Validity validity;
  private final BlockLookup lookup;
  private final RpcRequest request;
  private final CacheKey key;
  private final Terms terms;
  private @Nullable Future<Optional<Placement>> lookedUp;

  Arrival(
      AnsweredChain chain,
      AnswerMemory memory,
      Validity validity,
      BlockLookup lookup,
      RpcRequest request,
      CacheKey key,
      Terms terms) {
    this.chain = chain;
    this.memory = memory;
    this.validity = validity;
    this.lookup = lookup;
    this.request = request;
    this.key = key;
    this.terms = terms;
  }

  @Override
  public @Nullable RpcReply kept() {
    KeptAnswer kept = terms.handling().mayBeKept() ? memory.find(key) : null;
    return kept != null && validity.isGood(kept, request.snapshot()) ? kept.given() : null;
  }

  @Override
  public RpcRequest takeOff() {
    BlockHash hash = terms.hash();
    if (hash != null && terms.block() == null && !AnswerBlock.isNamedBy(terms.method())) {
      lookedUp = lookup.ofHash(hash, request);
    }
    byte[] params = terms.forms().byNumber(request);
    return (params == null ? request : request.with(params)).about(asked());
  }

  private AskedBlock asked() {
    BlockHeader block = terms.handling() == Handling.HEAD ? null : terms.block();
    if (block != null) {
      return new AskedBlock(block.number(), block, terms.forms().byHash(request, block));
    }
    return terms.number() > request.snapshot().head()
        ? AskedBlock.ANY
        : new AskedBlock(terms.number(), null, null);
  }

  @Override
  public Future<RpcReply> settle(RpcReply answer) {
    if (memory.isTooLarge(answer)) {
      return ended(answer, MissReason.TOO_LARGE);
    }
    Snapshot now = chain.snapshots().get();
    return switch (KeepPolicy.judge(terms, answer, now)) {
      case Judgement.Keep keep -> ended(answer, keep(answer, keep.placement()));
      case Judgement.Refuse refused -> refuse(answer, refused, now);
      case Judgement.LookUp unknown ->
          placement(unknown.named(), answer)
              .otherwise(Optional.empty())
              .map(
                  placed ->
                      marked(
                          answer,
                          placed.map(at -> keep(answer, at)).orElse(MissReason.BLOCK_UNKNOWN)));
    };
  }

  private Future<Optional<Placement>> placement(NamedBlock named, RpcReply answer) {
    Future<Optional<Placement>> begun = lookedUp;
    if (begun != null) {
      return begun;
    }
    BlockHash hash = terms.hash();
    if (hash == null) {
      return lookup.ofTransaction(request);
    }
    return named.isNamed() && answer instanceof RpcReply.Result result
        ? lookup.ofNamed(named, result.nodeFinalized(), request)
        : lookup.ofHash(hash, request);
  }

  private MissReason keep(RpcReply answer, Placement placement) {
    Snapshot now = chain.snapshots().get();
    if (now.epoch() != request.snapshot().epoch()) {
      return MissReason.RESET;
    }
    if (!validity.mayBeKept(request.snapshot().generation(), now)) {
      return MissReason.REORG;
    }
    return memory.keep(key, answer, placement) ? MissReason.COLD : MissReason.TOO_LARGE;
  }

  /** What is learnt of the chain from an answer that cannot be kept. */
  private Future<RpcReply> refuse(RpcReply answer, Judgement.Refuse refused, Snapshot now) {
    long number = refused.number();
    RpcReply marked = marked(answer, refused.reason());
    boolean another = refused.reason() == MissReason.BLOCK_UNKNOWN && now.block(number) != null;
    if (another || number > now.head()) {
      return chain.suspect().get().map(marked);
    }
    if (number > now.finalized() && number < now.head() && now.block(number) == null) {
      chain.wanted().accept(number);
    }
    return Future.succeededFuture(marked);
  }

  private static Future<RpcReply> ended(RpcReply answer, MissReason reason) {
    return Future.succeededFuture(marked(answer, reason));
  }

  private static RpcReply marked(RpcReply answer, MissReason reason) {
    return answer.with(CacheStatus.miss(reason));
  }
}
