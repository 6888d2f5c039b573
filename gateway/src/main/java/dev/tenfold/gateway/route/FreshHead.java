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
 * On a chain for development, where a send mines a block at once, and where {@code
 * anvil_setBalance} or {@code evm_revert} change what is there: a call that may have changed the
 * chain is answered only after what was kept of it was dropped and the head was asked for anew, so
 * that the next {@code eth_blockNumber} of its caller knows the new block, and the next read the
 * new state. Client libraries count confirmations by it, and would wait for a block that never
 * comes.
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
  private final Runnable suspect;
  private final Vertx vertx;

  /**
   * Makes the stage for one chain.
   *
   * @param development whether the nodes are for development, as far as is known now
   * @param refresh has what was kept dropped, and asks for the head anew; completes on any thread
   * @param suspect has the head asked for anew, on a chain where nobody waits for that
   */
  public FreshHead(
      RpcHandler next,
      BooleanSupplier development,
      Supplier<Future<Void>> refresh,
      Runnable suspect,
      Vertx vertx) {
    this.next = next;
    this.development = development;
    this.refresh = refresh;
    this.suspect = suspect;
    this.vertx = vertx;
  }

  @Override
  public Future<RpcReply> handle(RpcRequest request) {
    Future<RpcReply> answer = next.handle(request);
    boolean mayChange = CHANGING.contains(request.method().methodClass());
    if (!mayChange) {
      return answer;
    }
    return development.getAsBoolean()
        ? answer.compose(this::afterRefresh)
        : answer.onComplete(done -> suspect.run());
  }

  private Future<RpcReply> afterRefresh(RpcReply reply) {
    Context loop = vertx.getOrCreateContext();
    Promise<RpcReply> fresh = Promise.promise();
    long timer = vertx.setTimer(PATIENCE.toMillis(), late -> fresh.tryComplete(reply));
    refresh
        .get()
        .onComplete(
            known ->
                loop.runOnContext(
                    turn -> {
                      vertx.cancelTimer(timer);
                      fresh.tryComplete(reply);
                    }));
    return fresh.future();
  }
}
