package dev.tenfold.gateway.answers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.chain.ChainFacts;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same with real event loops: who is told, and where. */
@Timeout(60)
class FlightsOnEventLoopsTest {
  private static final int LOOPS = 4;
  private static final int CALLS_A_LOOP = 250;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<Promise<RpcReply>> open = new ConcurrentLinkedQueue<>();
  private final Queue<RpcRequest> requests = new ConcurrentLinkedQueue<>();
  private final CountDownLatch firstCall = new CountDownLatch(1);
  private final Semaphore joined = new Semaphore(0);
  private final Answers answers = answers();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }

  @Test
  void callsFromAllLoopsShareOneCallAndEachIsToldOnItsOwnLoop() throws Exception {
    List<CompletableFuture<RpcReply>> replies = new ArrayList<>();
    AtomicInteger elsewhere = new AtomicInteger();
    for (int loop = 0; loop < LOOPS; loop++) {
      Context context = context();
      for (int i = 0; i < CALLS_A_LOOP; i++) {
        replies.add(callOn(context, new Caller(), 20, elsewhere));
      }
    }
    awaitJoined(replies.size());
    open.remove().complete(Desk.result("\"0x1\"", 100));

    int collapsed = 0;
    for (CompletableFuture<RpcReply> reply : replies) {
      collapsed += reply.get(20, SECONDS).cacheStatus().isCollapsed() ? 1 : 0;
    }
    assertThat(asked).hasValue(1);
    assertThat(collapsed).isEqualTo(LOOPS * CALLS_A_LOOP - 1);
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void theLastCallerToLeaveCallsItOffOnTheLoopThatStartedIt() throws Exception {
    Context starter = context();
    Context other = context();
    Caller one = new Caller();
    Caller two = new Caller();
    CompletableFuture<RpcReply> first = callOn(starter, one, 20, new AtomicInteger());
    assertThat(firstCall.await(20, SECONDS)).isTrue();
    CompletableFuture<RpcReply> second = callOn(other, two, 20, new AtomicInteger());
    awaitJoined(2);
    CompletableFuture<Thread> calledOffOn = new CompletableFuture<>();
    starter.runOnContext(
        ignored ->
            requests.element().caller().onGone(() -> calledOffOn.complete(Thread.currentThread())));

    starter.runOnContext(ignored -> one.leave());
    assertThat(failure(first)).isEqualTo(Failure.CALLER_GONE);
    assertThat(calledOffOn).isNotDone();
    other.runOnContext(ignored -> two.leave());

    assertThat(failure(second)).isEqualTo(Failure.CALLER_GONE);
    assertThat(calledOffOn.get(20, SECONDS)).isSameAs(threadOf(starter));
  }

  @Test
  void aDeadlineIsKeptWhenTheNodeNeverAnswers() throws Exception {
    CompletableFuture<RpcReply> reply = callOn(context(), new Caller(), 0, new AtomicInteger());

    assertThat(failure(reply)).isEqualTo(Failure.CALL_TIMEOUT);
    assertThat(answers.sharedCallsInFlight()).isZero();
  }

  private CompletableFuture<RpcReply> callOn(
      Context context, Caller caller, int patienceSeconds, AtomicInteger toldElsewhere) {
    CompletableFuture<RpcReply> told = new CompletableFuture<>();
    context.runOnContext(
        ignored -> {
          Thread loop = Thread.currentThread();
          long deadline = System.nanoTime() + SECONDS.toNanos(patienceSeconds);
          Call call = Call.of("eth_call", "[{},\"0x64\"]").by(caller).until(deadline);
          Future<RpcReply> reply = answers.handle(call.request());
          joined.release();
          reply.onSuccess(
              value -> {
                toldElsewhere.addAndGet(Thread.currentThread() == loop ? 0 : 1);
                told.complete(value);
              });
        });
    return told;
  }

  private Answers answers() {
    ChainFacts facts = new ChainFacts(1, "1", "", true, false);
    AnsweredChain chain =
        new AnsweredChain(
            "main", () -> facts, () -> Call.AT_200, Future::succeededFuture, number -> {});
    AnswerMemory memory = new AnswerMemory(1 << 20, 1 << 16);
    return new Answers(this::ask, chain, memory, CacheMetrics.NONE, vertx);
  }

  private Future<RpcReply> ask(RpcRequest request) {
    asked.incrementAndGet();
    Promise<RpcReply> promise = Promise.promise();
    requests.add(request);
    open.add(promise);
    firstCall.countDown();
    return promise.future();
  }

  /** A context on an event loop of its own; they are handed out in turn. */
  private Context context() {
    return ((VertxInternal) vertx).createEventLoopContext();
  }

  private static Thread threadOf(Context context) throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    context.runOnContext(ignored -> thread.complete(Thread.currentThread()));
    return thread.get(20, SECONDS);
  }

  private void awaitJoined(int callers) throws InterruptedException {
    assertThat(joined.tryAcquire(callers, 20, SECONDS)).isTrue();
  }

  private static Failure failure(CompletableFuture<RpcReply> reply) throws Exception {
    return ((RpcError) reply.get(20, SECONDS)).failure();
  }
}
