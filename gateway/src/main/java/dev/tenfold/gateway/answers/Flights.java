package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Streamed;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.cache.SingleFlight;
import dev.tenfold.toolkit.cache.SingleFlight.Flight;
import dev.tenfold.toolkit.cache.SingleFlight.Takeoff;
import dev.tenfold.toolkit.cache.SingleFlight.Waiter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets equal calls share one call to a node. Thread-safe: callers come from several event loops.
 *
 * <p>A caller's future completes on the caller's own loop, in one of four ways: with the answer,
 * with {@link Failure#INTERNAL} if the next stage broke its contract, with {@link
 * Failure#CALL_TIMEOUT} at the caller's own deadline, with {@link Failure#CALLER_GONE} when the
 * caller hung up. In the last two the caller leaves and the others go on waiting.
 *
 * <p>An answer that streams has one reader: the one who started the call. The others join again,
 * and one of them starts the next call; so at any moment one call of them waits for its answer to
 * begin, and none is kept longer than its own deadline.
 *
 * <p>The call to the node runs on the loop of the one who started it, with that one's deadline, but
 * on behalf of all: it is called off only when the last of them has left.
 */
final class Flights {
  private static final Logger LOG = LoggerFactory.getLogger(Flights.class);

  private final SingleFlight<CacheKey, RpcReply> flights = new SingleFlight<>();
  private final RpcHandler next;
  private final Supplier<Loop> loops;
  private final LongSupplier nanoTime;

  /** What is done with an answer before those who wait are told. */
  interface Landing {
    /** A last look for an answer that was kept since the first one; null if there is none. */
    @Nullable RpcReply kept();

    /** The call as it is put to the next stage. Called once, if nothing was kept. */
    RpcRequest takeOff();

    /** Keeps the answer if it can be, and gives it its status. Called once; never fails. */
    Future<RpcReply> settle(RpcReply answer);
  }

  Flights(RpcHandler next, Supplier<Loop> loops, LongSupplier nanoTime) {
    this.next = next;
    this.loops = loops;
    this.nanoTime = nanoTime;
  }

  /** Joins the equal call in flight, or starts one. Called on the caller's loop. */
  Future<RpcReply> join(CacheKey key, RpcRequest request, Landing landing) {
    if (request.caller().isGone()) {
      return Future.succeededFuture(Failure.CALLER_GONE.reply());
    }
    return new Seat(request, landing, loops.get()).take(key);
  }

  /** The number of calls in flight. */
  int inFlight() {
    return flights.inFlight();
  }

  /** One caller's place in a flight. Confined to the caller's loop, but for the two interfaces. */
  private final class Seat implements Waiter<RpcReply>, Takeoff<RpcReply> {
    private final RpcRequest request;
    private final Landing landing;
    private final Loop loop;
    private final Promise<RpcReply> promise = Promise.promise();
    private boolean started;
    private boolean told;
    private @Nullable CacheKey key;
    private SingleFlight<CacheKey, RpcReply>.@Nullable Ticket ticket;
    private Runnable callOffTimer = () -> {};

    Seat(RpcRequest request, Landing landing, Loop loop) {
      this.request = request;
      this.landing = landing;
      this.loop = loop;
    }

    Future<RpcReply> take(CacheKey place) {
      key = place;
      ticket = flights.join(place, this, this);
      if (!told) {
        long patience = request.deadlineNanos() - nanoTime.getAsLong();
        callOffTimer = loop.after(patience, () -> leave(Failure.CALL_TIMEOUT));
        request.caller().onGone(() -> leave(Failure.CALLER_GONE));
      }
      return promise.future();
    }

    @Override
    public Runnable start(Flight<RpcReply> flight) {
      started = true;
      RpcReply kept = landing.kept();
      if (kept != null) {
        flight.land(kept);
        return () -> {};
      }
      Caller all = request.caller().likeThis();
      next.handle(landing.takeOff().by(all))
          .compose(landing::settle)
          .onSuccess(answer -> land(flight, answer))
          .onFailure(flight::fail);
      return () -> loop.run(all::leave);
    }

    private void land(Flight<RpcReply> flight, RpcReply answer) {
      flight.land(answer);
      if (answer instanceof Streamed streamed) {
        loop.run(() -> cancelUnlessTold(streamed));
      }
    }

    private void cancelUnlessTold(Streamed streamed) {
      if (!streamed.equals(promise.future().result())) {
        streamed.result().cancel(); // The one who started has left.
      }
    }

    @Override
    public void landed(RpcReply answer) {
      boolean another = answer instanceof Streamed && !started;
      loop.run(another ? this::joinAgain : () -> tell(answer));
    }

    private void joinAgain() {
      if (!told && key != null) {
        ticket = flights.join(key, this, this);
      }
    }

    @Override
    public void failed(Throwable cause) {
      if (started) {
        LOG.error("{}: a stage failed without a reply", request.method().name(), cause);
      }
      loop.run(() -> tell(Failure.INTERNAL.reply().with(CacheStatus.miss(MissReason.ERROR))));
    }

    private void leave(Failure because) {
      if (!told && ticket != null) {
        ticket.leave();
        tell(because.reply().with(CacheStatus.miss(MissReason.ERROR)));
      }
    }

    private void tell(RpcReply answer) {
      if (told) {
        return;
      }
      told = true;
      callOffTimer.run();
      MissReason reason = answer.cacheStatus().reason();
      promise.complete(
          started || reason == null ? answer : answer.with(CacheStatus.collapsed(reason)));
    }
  }
}
