package dev.tenfold.gateway.route;

import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * On a chain for development, where a send mines a block at once: a call that may have changed the
 * chain is answered only after the head, and what is final, have been asked for anew, so that the
 * next {@code eth_blockNumber} of its caller knows the new block. Client libraries count
 * confirmations by it, and would wait for a block that never comes.
 *
 * <p>Methods that no table names ({@code anvil_setBalance}, {@code evm_revert}) may also change the
 * state of a block that is there already. After such a call no answer of before is good.
 *
 * <p>A node that mines only after it has answered the send is caught by {@link #suspected}.
 *
 * <p>A node that does not say its head holds the answer back for {@link #PATIENCE} at most. On all
 * other chains the head is asked for after such a call too, but the answer does not wait for it.
 */
public final class FreshHead implements RpcHandler {
  /** How long an answer waits for the head. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Set<MethodClass> CHANGING =
      EnumSet.of(MethodClass.PASS, MethodClass.UNKNOWN, MethodClass.DENIED);

  private final RpcHandler next;
  private final BooleanSupplier development;
  private final Supplier<Future<Void>> refresh;
  private final Supplier<Future<Void>> refreshAll;
  private final Runnable suspect;
  private final Vertx vertx;

  /**
   * Makes the stage for one chain.
   *
   * @param development whether the nodes are for development, as far as is known now
   * @param refresh asks for the head anew; completes on any thread
   * @param refreshAll has all answers forgotten, and asks for the head anew; the same
   * @param suspect has the head asked for anew, on a chain where nobody waits for that
   */
  public FreshHead(
      RpcHandler next,
      BooleanSupplier development,
      Supplier<Future<Void>> refresh,
      Supplier<Future<Void>> refreshAll,
      Runnable suspect,
      Vertx vertx) {
    this.next = next;
    this.development = development;
    this.refresh = refresh;
    this.refreshAll = refreshAll;
    this.suspect = suspect;
    this.vertx = vertx;
  }

  @Override
  public Future<RpcReply> handle(RpcRequest request) {
    Future<RpcReply> answer = next.handle(request);
    MethodClass methodClass = request.method().methodClass();
    if (!CHANGING.contains(methodClass)) {
      return answer;
    }
    if (!development.getAsBoolean()) {
      return answer.onComplete(done -> suspect.run());
    }
    Supplier<Future<Void>> anew = methodClass == MethodClass.UNKNOWN ? refreshAll : refresh;
    return answer.compose(reply -> known(anew).map(reply));
  }

  /**
   * A node has named a block that is not in the chain as it is believed to be: the head is asked
   * for anew. A development node may mine after it has answered the send, so that the receipt is
   * the first to name the block.
   *
   * @return completes, never fails, on the caller's event loop: on a chain for development when the
   *     head is known, after {@link #PATIENCE} at the latest; on all others at once
   */
  public Future<Void> suspected() {
    if (development.getAsBoolean()) {
      return known(refresh);
    }
    suspect.run();
    return Future.succeededFuture();
  }

  private Future<Void> known(Supplier<Future<Void>> anew) {
    Context loop = vertx.getOrCreateContext();
    Promise<Void> fresh = Promise.promise();
    long timer = vertx.setTimer(PATIENCE.toMillis(), late -> fresh.tryComplete());
    anew.get()
        .onComplete(
            known ->
                loop.runOnContext(
                    turn -> {
                      vertx.cancelTimer(timer);
                      fresh.tryComplete();
                    }));
    return fresh.future();
  }
}
