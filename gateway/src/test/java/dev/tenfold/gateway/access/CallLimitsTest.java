package dev.tenfold.gateway.access;

import static dev.tenfold.gateway.access.KeyBuilder.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.Account;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.ResultStream;
import dev.tenfold.gateway.rpc.ResultStream.Part;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcReply.Streamed;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** However a call ends: it is counted once, and its permit comes back. */
class CallLimitsTest {
  private static final CacheStatus MISS = CacheStatus.miss(MissReason.COLD);
  private static final int COST = 20;

  private final AtomicLong nanos = new AtomicLong(1_000);
  private final AtomicInteger passed = new AtomicInteger();
  private final MethodCosts costs = new MethodCosts(Map.of());
  private final UsageBook usage = new UsageBook();
  private Promise<RpcReply> answer = Promise.promise();
  private Account account = account(key("k").methods("eth_*").record(), one());
  private final RpcHandler next = new Next();
  private final CallLimits stage = new CallLimits(next, "main", nanos::get);

  private final class Next implements RpcHandler {
    @Override
    public Future<RpcReply> handle(RpcRequest request) {
      passed.incrementAndGet();
      return answer.future();
    }

    @Override
    public RpcReply known(RpcRequest request) {
      return result("\"known\"", CacheStatus.HIT);
    }
  }

  /** Gives the parts one after the other, and then none. */
  private static final class Parts implements ResultStream {
    private final Queue<Part> parts = new ArrayDeque<>();
    private boolean cancelled;

    @Override
    public Future<Part> next() {
      Part part = parts.poll();
      return part == null ? Promise.<Part>promise().future() : Future.succeededFuture(part);
    }

    @Override
    public int heldBytes() {
      return 7;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  @Test
  void aCallOnNoAccountPassesAndIsNotCounted() {
    Caller nobody = new Caller();
    assertThat(stage.handle(request().by(nobody))).isSameAs(answer.future());
    assertThat(usage.collect()).isEmpty();
  }

  @Test
  void aMethodThatTheKeyMayNotCallIsRefusedAndTakesNothing() {
    RpcError refusal = (RpcError) stage.handle(request("net_version")).result();
    assertThat(refusal.failure()).isEqualTo(Failure.KEY_METHOD_DENIED);
    assertThat(refusal.failure().row().httpStatus()).isEqualTo(403);
    assertThat(stage.known(request("net_version"))).isNull();
    assertThat(passed).hasValue(0);
    assertThat(sums()).isEqualTo(new UsageSums(1, 0, 1, 0, 0, 0, 0));
    permitIsFree();
  }

  @Test
  void aCallOverTheLimitIsRefusedInWordsAndWithAWait() {
    account = account(key("k").rate(2, 1).record(), Limits.NONE);
    stage.handle(request());
    RpcError refusal = (RpcError) stage.handle(request()).result();
    assertThat(refusal.failure()).isEqualTo(Failure.LIMIT_EXCEEDED);
    assertThat(text(refusal))
        .isEqualTo("{\"code\":-32005,\"message\":\"limit exceeded: 2 calls a second\"}");
    assertThat(refusal.retryAfterSeconds()).isEqualTo(1);
    assertThat(refusal.cacheStatus()).isSameAs(CacheStatus.REFUSED);
    assertThat(passed).hasValue(1);
    assertThat(sums()).isEqualTo(new UsageSums(1, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void theWaitIsRoundedUpToWholeSeconds() {
    account = account(key("k").record(), new Limits(0, 0, 8, 20, 0, 0));
    stage.handle(request());
    nanos.addAndGet(1);
    RpcError refusal = (RpcError) stage.handle(request()).result();
    assertThat(refusal.retryAfterSeconds()).isEqualTo(3);
    nanos.addAndGet(3_000_000_000L);
    assertThat(stage.handle(request()).isComplete()).isFalse();
  }

  @Test
  void aHitIsCountedAsOne() {
    answer.complete(result("\"12345678\"", CacheStatus.HIT));
    assertThat(stage.handle(request()).succeeded()).as("already complete").isTrue();
    assertThat(sums()).isEqualTo(new UsageSums(1, 1, 0, COST, 10, COST, 0));
    permitIsFree();
  }

  @Test
  void aMissIsCountedWhenItEndsWithTheTimeThatItTook() {
    Future<RpcReply> reply = stage.handle(request());
    assertThat(usage.collect()).isEmpty();
    permitIsTaken();
    usage.collect();
    nanos.addAndGet(5_000_000);
    answer.complete(result("\"1\"", MISS));
    assertThat(reply.result()).isEqualTo(answer.future().result());
    assertThat(sums()).isEqualTo(new UsageSums(1, 0, 0, COST, 3, 0, 0));
    answer = Promise.promise();
    answer.complete(result("\"1\"", CacheStatus.HIT));
    stage.handle(request());
    assertThat(sums().savedMicros()).isEqualTo(5_000);
  }

  @Test
  void anErrorIsCountedAsOne() {
    answer.complete(Failure.NO_NODE.reply("no"));
    stage.handle(request());
    assertThat(sums())
        .isEqualTo(new UsageSums(1, 0, 1, COST, text(Failure.NO_NODE.reply("no")).length(), 0, 0));
    permitIsFree();
  }

  @Test
  void aStageThatThrowsKeepsNoPermit() {
    CallLimits broken =
        new CallLimits(
            request -> {
              throw new IllegalStateException("planted");
            },
            "main",
            nanos::get);
    assertThatThrownBy(() -> broken.handle(request())).hasMessage("planted");
    assertThat(sums().errors()).isEqualTo(1);
    permitIsFree();
  }

  @Test
  void aStageWhoseFutureFailsKeepsNoPermit() {
    Future<RpcReply> later = stage.handle(request());
    answer.fail(new IllegalStateException("planted"));
    assertThat(later.cause()).hasMessage("planted");
    assertThat(sums().errors()).isEqualTo(1);
    permitIsFree();
    assertThat(stage.handle(request()).cause()).hasMessage("planted");
    assertThat(sums().errors()).isEqualTo(1);
    permitIsFree();
  }

  @Test
  void aStreamIsCountedAtItsEnd() {
    Parts parts = new Parts();
    parts.parts.add(new Part.Piece(new byte[100], 10, 40));
    parts.parts.add(new Part.Piece(new byte[100], 0, 100));
    parts.parts.add(new Part.Whole());
    Streamed reply = streamed(parts);
    assertThat(reply.cacheStatus()).isSameAs(MISS);
    assertThat(reply.result().heldBytes()).isEqualTo(7);
    reply.result().next();
    reply.result().next();
    assertThat(usage.collect()).isEmpty();
    permitIsTaken();
    usage.collect();
    assertThat(reply.result().next().result()).isEqualTo(new Part.Whole());
    assertThat(sums()).isEqualTo(new UsageSums(1, 0, 0, COST, 130, 0, 0));
    permitIsFree();
    reply.result().cancel();
    assertThat(usage.collect()).as("it ends once").isEmpty();
  }

  @Test
  void aStreamThatBreaksIsAnError() {
    Parts parts = new Parts();
    parts.parts.add(new Part.Piece(new byte[100], 0, 100));
    parts.parts.add(new Part.Broken(Failure.NODE_BROKE_OFF));
    Streamed reply = streamed(parts);
    reply.result().next();
    reply.result().next();
    assertThat(sums()).isEqualTo(new UsageSums(1, 0, 1, COST, 100, 0, 0));
    permitIsFree();
  }

  @Test
  void aStreamThatIsCancelledEndsThere() {
    Parts parts = new Parts();
    parts.parts.add(new Part.Piece(new byte[100], 0, 100));
    Streamed reply = streamed(parts);
    reply.result().next();
    reply.result().next();
    reply.result().cancel();
    assertThat(parts.cancelled).isTrue();
    assertThat(sums()).isEqualTo(new UsageSums(1, 0, 0, COST, 100, 0, 0));
    permitIsFree();
  }

  @Test
  void whatIsKnownIsSaidWithoutTakingOrCounting() {
    assertThat(stage.known(request())).isNotNull();
    assertThat(usage.collect()).isEmpty();
    permitIsFree();
  }

  private Streamed streamed(Parts parts) {
    answer.complete(new Streamed(parts, MISS));
    return (Streamed) stage.handle(request()).result();
  }

  /** Of the account's one permit. */
  private void permitIsFree() {
    RpcError refusal = account.take(Methods.named("eth_call"));
    assertThat(refusal).isNull();
    account.ended("main", Methods.named("eth_call"), result("1", CacheStatus.HIT), 0, 0);
    usage.collect();
  }

  private void permitIsTaken() {
    assertThat(account.take(Methods.named("eth_call"))).isNotNull();
  }

  private UsageSums sums() {
    return usage.collect().stream()
        .map(UsageBook.Used::sums)
        .reduce(UsageSums.NONE, (a, b) -> a.minus(UsageSums.NONE.minus(b)));
  }

  private static Limits one() {
    return new Limits(0, 0, 0, 0, 0, 1);
  }

  private Account account(KeyRecord record, Limits limits) {
    return new CallAccounts(
            new Tiers(Map.of(), limits, Limits.NONE),
            costs,
            usage,
            id -> Future.succeededFuture(0L),
            nanos::get,
            InstantSource.system())
        .of(record);
  }

  private RpcRequest request() {
    return request("eth_call");
  }

  private RpcRequest request(String method) {
    Snapshot nothing = new Belief(Snapshot.UNKNOWN, Snapshot.UNKNOWN, 0);
    Caller caller = new Caller();
    caller.on(account);
    return new RpcRequest(Methods.named(method), new byte[0], 0, 0, nothing, caller, 0);
  }

  private static Result result(String json, CacheStatus status) {
    return new Result(json.getBytes(StandardCharsets.UTF_8), status, Snapshot.UNKNOWN);
  }

  private static String text(RpcError error) {
    return new String(error.json(), StandardCharsets.UTF_8);
  }
}
