package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.answers.CallTerms.Handling;
import dev.tenfold.gateway.answers.CallTerms.Terms;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stage that knows answers. It answers a few methods itself, gives kept answers from memory,
 * lets equal calls share one call to the next stage, and keeps each answer with the block that it
 * is about.
 *
 * <p>Tags are turned into blocks by the snapshot of the request. Whether a kept answer is good is
 * decided on each read, against that snapshot ({@link Validity}); whether an answer can be kept, by
 * what is certain of its block ({@link KeepPolicy}). A reset of the chain forgets all that was kept
 * of it at once, since how often that happened is part of the key; the room is taken back as others
 * need it.
 *
 * <p>Endings: a hit is complete when {@link #handle} returns; all else completes on the loop of the
 * caller, as {@link RpcHandler} promises. Each reply carries its {@link CacheStatus}; only a reply
 * that was refused here (bad parameters of a method that is answered here) says so instead. A
 * single call that no node has the block for, because the chain has changed meanwhile, is put anew
 * to the chain as it is then, once; in a batch it fails, since all calls of a batch see one chain.
 *
 * <p>Thread-safe: one instance serves all event loops, so that equal calls meet. What is reused
 * from call to call belongs to the thread; on an event loop a {@link FastThreadLocal} is an array
 * read, and memory does not grow with the number of chains.
 *
 * <p>A hit costs one walk over the parameters, a hash and a comparison of their canonical form, and
 * a look at the window; it allocates nothing.
 */
public final class Answers implements RpcHandler {
  private static final FastThreadLocal<CallTerms> TERMS =
      new FastThreadLocal<>() {
        @Override
        protected CallTerms initialValue() {
          return new CallTerms();
        }
      };

  private static final FastThreadLocal<KeyProbe> PROBES =
      new FastThreadLocal<>() {
        @Override
        protected KeyProbe initialValue() {
          return new KeyProbe();
        }
      };

  private final RpcHandler next;
  private final AnsweredChain chain;
  private final AnswerMemory memory;
  private final CacheMetrics metrics;
  private final LocalAnswers local;
  private final Flights flights;
  private final Rules rules;
  private final BlockLookup lookup;

  /**
   * What the tests plant faults in.
   *
   * @param validity when a kept answer is good
   * @param probes one for each thread
   */
  record Rules(Validity validity, FastThreadLocal<KeyProbe> probes) {
    static final Rules SOUND = new Rules(new Validity(), PROBES);
  }

  /**
   * Makes the stage for one chain.
   *
   * @param next who is asked for what is not known
   * @param memory where answers are kept; may be shared with other chains
   * @param vertx whose event loops call
   */
  public Answers(
      RpcHandler next,
      AnsweredChain chain,
      AnswerMemory memory,
      CacheMetrics metrics,
      Vertx vertx) {
    this(next, chain, memory, metrics, Loop.of(vertx), System::nanoTime, Rules.SOUND);
  }

  Answers(
      RpcHandler next,
      AnsweredChain chain,
      AnswerMemory memory,
      CacheMetrics metrics,
      Supplier<Loop> loops,
      LongSupplier nanoTime,
      Rules rules) {
    this.next = next;
    this.chain = chain;
    this.memory = memory;
    this.metrics = metrics;
    this.local = new LocalAnswers(chain.facts());
    this.flights = new Flights(next, loops, nanoTime);
    this.rules = rules;
    this.lookup = new BlockLookup(this, next, chain.snapshots(), nanoTime);
  }

  @Override
  public Future<RpcReply> handle(RpcRequest request) {
    if (request.method().methodClass() == MethodClass.LOCAL) {
      Future<RpcReply> answer = local.answer(request);
      if (answer != null) {
        return given(request, answer);
      }
    }
    CallTerms terms = TERMS.get();
    Handling handling = terms.read(request);
    if (handling == Handling.ALONE) {
      return alone(request, terms.reason());
    }
    KeyProbe probe = rules.probes().get();
    if (!probe.point(chain.name(), request, terms)) {
      return alone(request, MissReason.DUPLICATE_MEMBER);
    }
    if (handling.mayBeKept()) {
      KeptAnswer kept = kept(probe, request.snapshot());
      if (kept != null) {
        return given(request, kept.reply());
      }
    }
    return shared(request, probe.key(), terms);
  }

  @Override
  public @Nullable RpcReply known(RpcRequest request) {
    if (request.method().methodClass() == MethodClass.LOCAL) {
      Future<RpcReply> answer = local.answer(request);
      return answer == null ? null : answer.result();
    }
    CallTerms terms = TERMS.get();
    KeyProbe probe = rules.probes().get();
    if (!terms.read(request).mayBeKept() || !probe.point(chain.name(), request, terms)) {
      return null;
    }
    KeptAnswer kept = kept(probe, request.snapshot());
    return kept == null ? null : kept.given();
  }

  private @Nullable KeptAnswer kept(Object key, Snapshot snapshot) {
    KeptAnswer kept = memory.find(key);
    return kept != null && rules.validity().isGood(kept, snapshot) ? kept : null;
  }

  /** The number of calls to the next stage that others may join. */
  int sharedCallsInFlight() {
    return flights.inFlight();
  }

  private Future<RpcReply> given(RpcRequest request, Future<RpcReply> complete) {
    if (complete.result().cacheStatus().isHit() && !request.caller().isOurselves()) {
      metrics.hit(request);
    }
    return complete;
  }

  private Future<RpcReply> alone(RpcRequest request, MissReason reason) {
    CacheStatus status = CacheStatus.miss(reason);
    return next.handle(request)
        .otherwise(broken -> Failure.INTERNAL.reply())
        .map(reply -> counted(request, reply.with(status)));
  }

  private Future<RpcReply> shared(RpcRequest request, CacheKey key, CallTerms terms) {
    Snapshot snapshot = request.snapshot();
    Terms read = terms.copy(request);
    Arrival arrival = new Arrival(chain, memory, rules.validity(), lookup, request, key, read);
    return flights
        .join(key.inFlightAt(snapshot, read.number()), request, arrival)
        .compose(reply -> hasMovedOn(request, reply) ? anew(request) : ended(request, reply));
  }

  private Future<RpcReply> ended(RpcRequest request, RpcReply reply) {
    return Future.succeededFuture(counted(request, reply));
  }

  /** The chain as the caller knew it is no more, and that is why no node has the answer. */
  private boolean hasMovedOn(RpcRequest request, RpcReply reply) {
    return reply instanceof RpcError error
        && error.failure() == Failure.NODE_LACKS_BLOCK
        && request.caller().mayMoveOn()
        && chain.snapshots().get().generation() != request.snapshot().generation();
  }

  private Future<RpcReply> anew(RpcRequest request) {
    request.caller().hasMovedOn();
    return handle(request.at(chain.snapshots().get()));
  }

  private RpcReply counted(RpcRequest request, RpcReply reply) {
    CacheStatus status = reply.cacheStatus();
    MissReason reason = status.reason();
    if (request.caller().isOurselves()) {
      return reply;
    }
    if (reason != null) {
      metrics.miss(request, reason, status.isCollapsed());
    } else if (status.isHit()) {
      metrics.hit(request);
    }
    return reply;
  }
}
