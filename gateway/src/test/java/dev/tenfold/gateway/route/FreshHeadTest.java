package dev.tenfold.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FreshHeadTest {
  private static final RpcHandler ANSWERS =
      request -> Future.succeededFuture(Failure.NODE_ERROR.reply("said"));

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean forgotten = new AtomicBoolean();
  private final Promise<Void> head = Promise.promise();

  private final AtomicInteger suspicions = new AtomicInteger();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void aSendToADevelopmentNodeIsAnsweredAfterTheHeadIsKnown() throws Exception {
    AtomicReference<@Nullable Context> answeredOn = new AtomicReference<>();
    CountDownLatch answered = new CountDownLatch(1);
    Future<RpcReply> reply = ask("eth_sendRawTransaction", true);
    loop.runOnContext(
        turn ->
            reply.onComplete(
                done -> {
                  answeredOn.set(Vertx.currentContext());
                  answered.countDown();
                }));
    assertThat(asked).isTrue();
    assertThat(reply.isComplete()).isFalse();
    head.complete();
    assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(answeredOn.get()).isSameAs(loop);
  }

  @Test
  void aNodeThatDoesNotSayItsHeadHoldsNoAnswerBackForLong() throws Exception {
    Future<RpcReply> reply = ask("anvil_mine", true);
    reply.await(10, TimeUnit.SECONDS);
    assertThat(head.future().isComplete()).isFalse();
    assertThat(reply.succeeded()).isTrue();
  }

  @Test
  void whatMayChangeTheStateOfABlockMakesAllAnswersForgotten() {
    head.complete();
    ask("eth_sendRawTransaction", true);
    assertThat(forgotten).isFalse();
    ask("anvil_setBalance", false);
    assertThat(forgotten).isFalse();
    ask("anvil_setBalance", true);
    assertThat(forgotten).isTrue();
  }

  @Test
  void aReadAndASendToAnyOtherChainPassAtOnce() {
    assertThat(ask("eth_getBalance", true).isComplete()).isTrue();
    assertThat(suspicions).hasValue(0);
    assertThat(ask("eth_sendRawTransaction", false).isComplete()).isTrue();
    assertThat(asked).isFalse();
    assertThat(suspicions).hasValue(1);
  }

  @Test
  void aBlockThatIsNotKnownHasTheHeadAskedForAndADevelopmentChainWaitsForIt() throws Exception {
    assertThat(stage(false).suspected().isComplete()).isTrue();
    assertThat(suspicions).hasValue(1);
    assertThat(asked).isFalse();

    Future<Void> known = stage(true).suspected();
    assertThat(asked).isTrue();
    assertThat(known.isComplete()).isFalse();
    head.complete();
    known.await(10, TimeUnit.SECONDS);
    assertThat(suspicions).hasValue(1);
  }

  @Test
  void aNodeThatDoesNotSayItsHeadHoldsNoSuspicionForLong() throws Exception {
    stage(true).suspected().await(10, TimeUnit.SECONDS);
    assertThat(head.future().isComplete()).isFalse();
  }

  private FreshHead stage(boolean development) {
    return new FreshHead(
        ANSWERS,
        () -> development,
        this::refresh,
        this::refreshAll,
        suspicions::incrementAndGet,
        vertx);
  }

  private Future<RpcReply> ask(String method, boolean development) {
    FreshHead stage = stage(development);
    RpcRequest request =
        new RpcRequest(
            Methods.named(method),
            new byte[0],
            0,
            0,
            new Belief(1, 0, 0),
            new Caller(),
            Long.MAX_VALUE);
    AtomicReference<@Nullable Future<RpcReply>> reply = new AtomicReference<>();
    CountDownLatch handled = new CountDownLatch(1);
    loop.runOnContext(
        turn -> {
          reply.set(stage.handle(request));
          handled.countDown();
        });
    return taken(handled, reply);
  }

  private static Future<RpcReply> taken(
      CountDownLatch handled, AtomicReference<@Nullable Future<RpcReply>> reply) {
    try {
      assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Future<RpcReply> future = reply.get();
    if (future == null) {
      throw new AssertionError("no answer");
    }
    return future;
  }

  private Future<Void> refresh() {
    asked.set(true);
    return head.future();
  }

  private Future<Void> refreshAll() {
    forgotten.set(true);
    return refresh();
  }
}
