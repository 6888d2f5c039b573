package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.answers.CallTerms.Handling;
import dev.tenfold.gateway.answers.CallTerms.Terms;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stage that knows answers. It answers a few methods itself, gives kept answers from memory,
 * lets equal calls share one call to the next stage, and keeps what can never change.
 *
 * <p>Kept is what is final by the {@code finalized} block of the node that answered. Nothing is
 * kept that was asked for before a reset of the chain and answered after it: the generation of the
 * snapshot is part of the key, so a reset forgets all that was kept of the chain at once, and the
 * room is taken back as others need it.
 *
 * <p>Endings: a hit is complete when {@link #handle} returns; all else completes on the loop of the
 * caller, as {@link RpcHandler} promises. Each reply carries its {@link CacheStatus}; only a reply
 * that was refused here (bad parameters of a method that is answered here) says so instead.
 *
 * <p>Thread-safe: one instance serves all event loops, so that equal calls meet. What is reused
 * from call to call belongs to the thread; on an event loop a {@link FastThreadLocal} is an array
 * read, and memory does not grow with the number of chains.
 *
 * <p>A hit costs one walk over the parameters, a hash and a comparison of their canonical form, and
 * allocates nothing.
 */
public final class Answers implements RpcHandler {
  private static final FastThreadLocal<Scratch> SCRATCH =
      new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
          return new Scratch(new CallTerms(), new KeyProbe());
        }
      };

  private final RpcHandler next;
  private final AnsweredChain chain;
  private final AnswerMemory memory;
  private final CacheMetrics metrics;
  private final LocalAnswers local;
  private final Flights flights;

  /** What a thread reuses from call to call. */
  private record Scratch(CallTerms terms, KeyProbe probe) {}

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
    this(next, chain, memory, metrics, Loop.of(vertx), System::nanoTime);
  }

  Answers(
      RpcHandler next,
      AnsweredChain chain,
      AnswerMemory memory,
      CacheMetrics metrics,
      Supplier<Loop> loops,
      LongSupplier nanoTime) {
    this.next = next;
    this.chain = chain;
    this.memory = memory;
    this.metrics = metrics;
    this.local = new LocalAnswers(chain.facts());
    this.flights = new Flights(next, loops, nanoTime);
  }

  @Override
  public Future<RpcReply> handle(RpcRequest request) {
    if (request.method().methodClass() == MethodClass.LOCAL) {
      Future<RpcReply> answer = local.answer(request);
      if (answer != null) {
        return given(request, answer);
      }
    }
    Scratch scratch = SCRATCH.get();
    Handling handling = scratch.terms.read(request);
    if (handling == Handling.ALONE) {
      return alone(request, scratch.terms.reason());
    }
    if (!scratch.probe.point(chain.name(), request)) {
      return alone(request, MissReason.DUPLICATE_MEMBER);
    }
    if (handling.mayBeKept()) {
      Future<RpcReply> kept = memory.find(scratch.probe);
      if (kept != null) {
        return given(request, kept);
      }
    }
    return shared(request, scratch.probe.key(), scratch.terms.copy(request.method()));
  }

  /** The number of calls to the next stage that others may join. */
  int sharedCallsInFlight() {
    return flights.inFlight();
  }

  private Future<RpcReply> given(RpcRequest request, Future<RpcReply> complete) {
    if (complete.result().cacheStatus().isHit()) {
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

  private Future<RpcReply> shared(RpcRequest request, CacheKey key, Terms terms) {
    CacheKey inFlight = key.inFlightAt(request.snapshot().head());
    Arrival arrival = new Arrival(key, terms, request.snapshot().generation());
    return flights.join(inFlight, request, arrival).map(reply -> counted(request, reply));
  }

  private RpcReply counted(RpcRequest request, RpcReply reply) {
    CacheStatus status = reply.cacheStatus();
    MissReason reason = status.reason();
    if (reason != null) {
      metrics.miss(request, reason, status.isCollapsed());
    } else if (status.isHit()) {
      metrics.hit(request);
    }
    return reply;
  }

  /** What happens to the answer of one shared call. */
  private final class Arrival implements Flights.Landing {
    private final CacheKey key;
    private final Terms terms;
    private final long generation;

    Arrival(CacheKey key, Terms terms, long generation) {
      this.key = key;
      this.terms = terms;
      this.generation = generation;
    }

    @Override
    public @Nullable RpcReply kept() {
      Future<RpcReply> kept = terms.handling().mayBeKept() ? memory.find(key) : null;
      return kept == null ? null : kept.result();
    }

    @Override
    public RpcReply settle(RpcReply answer) {
      return answer.with(CacheStatus.miss(keep(answer)));
    }

    private MissReason keep(RpcReply answer) {
      if (memory.isTooLarge(answer)) {
        return MissReason.TOO_LARGE;
      }
      MissReason judged = KeepPolicy.judge(terms, answer);
      if (judged != MissReason.COLD) {
        return judged;
      }
      if (chain.snapshots().get().generation() != generation) {
        return MissReason.RESET;
      }
      return memory.keep(key, answer) ? MissReason.COLD : MissReason.TOO_LARGE;
    }
  }
}
