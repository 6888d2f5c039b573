package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.chain.ChainFacts;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The stage under test, with a scripted node behind it and all that moves in the test's hand. */
final class Desk {
  static final long NODE_FINALIZED = 100;
  static final String HASH = "0x" + "ab".repeat(32);

  final FakeLoops loops = new FakeLoops();
  final CacheCounters counters = new CacheCounters();
  final List<RpcRequest> asked = new ArrayList<>();
  final List<Promise<RpcReply>> open = new ArrayList<>();
  private final List<RpcRequest> openRequests = new ArrayList<>();
  ChainFacts facts = new ChainFacts(1, "1", "Geth/v1", true, false);
  int suspicions;

  /** When what was suspected is known. */
  Future<Void> known = Future.succeededFuture();

  final List<Long> wanted = new ArrayList<>();
  Snapshot believed = Call.AT_200;
  AnswerMemory memory = new AnswerMemory(1 << 20, 1 << 16);
  Answers answers = answers("ethereum");

  Answers answers(String chain) {
    return answers(chain, this::ask);
  }

  Answers answers(String chain, RpcHandler next) {
    AnsweredChain answered =
        new AnsweredChain(chain, () -> facts, () -> believed, this::suspect, wanted::add);
    return new Answers(next, answered, memory, counters, loops, loops, Answers.Rules.SOUND);
  }

  private Future<Void> suspect() {
    suspicions++;
    return known;
  }

  private Future<RpcReply> ask(RpcRequest request) {
    asked.add(request);
    openRequests.add(request);
    Promise<RpcReply> promise = Promise.promise();
    open.add(promise);
    return promise.future();
  }

  Future<RpcReply> call(Call call) {
    return answers.handle(call.request());
  }

  Future<RpcReply> call(String method, String params) {
    return call(Call.of(method, params));
  }

  /** Makes a call; if it goes to the node, the node answers with this result. */
  RpcReply exchange(String method, String params, String result) {
    return exchange(Call.of(method, params), result(result, NODE_FINALIZED));
  }

  RpcReply exchange(Call call, RpcReply reply) {
    Future<RpcReply> future = call(call);
    if (!future.isComplete()) {
      openRequests.removeLast();
      open.removeLast().complete(reply);
    }
    return future.result();
  }

  /** The node answers the oldest open call of this method. */
  void answer(String method, String result) {
    answer(method, result(result, NODE_FINALIZED));
  }

  void answer(String method, RpcReply reply) {
    for (int i = 0; i < open.size(); i++) {
      RpcRequest request = openRequests.get(i);
      if (request.method().name().equals(method)) {
        openRequests.remove(i);
        open.remove(i).complete(reply);
        return;
      }
    }
    throw new AssertionError("the node was not asked for " + method);
  }

  /** Makes the same call twice: is the second a hit? */
  boolean isKept(String method, String params, String result) {
    exchange(method, params, result);
    return exchange(method, params, result).cacheStatus().isHit();
  }

  /** Makes a call that is to be a miss, and tells why it was one. */
  MissReason missReason(String method, String params, String result) {
    return Objects.requireNonNull(exchange(method, params, result).cacheStatus().reason());
  }

  static Result result(String json, long nodeFinalized) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new Result(bytes, CacheStatus.miss(MissReason.COLD), nodeFinalized);
  }

  static RpcError revert(long nodeFinalized) {
    byte[] json =
        "{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0\"}"
            .getBytes(StandardCharsets.UTF_8);
    return new RpcError(json, Failure.NODE_REVERT, CacheStatus.REFUSED, 0, nodeFinalized, false);
  }

  static String json(RpcReply reply) {
    return switch (reply) {
      case Result result -> new String(result.json(), StandardCharsets.UTF_8);
      case RpcError error -> new String(error.json(), StandardCharsets.UTF_8);
      case RpcReply.Streamed streamed -> "...";
    };
  }
}
