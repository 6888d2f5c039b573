package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.chain.ChainIdentity;
import dev.tenfold.gateway.chain.HeadReport;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.gateway.upstream.NodeClient.Question;
import dev.tenfold.gateway.upstream.NodeHealth.Asker;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of our own to one node: which chain it is of, what it is, and its head. They bring back
 * a node that was out.
 *
 * <p>{@link #poll} is called from one event loop, one at a time; the rest from any.
 */
final class NodeProbe {
  /** A node that is out is given no longer to answer the small call that may bring it back. */
  static final Duration PATIENCE_WITH_THE_LOST = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
  private static final String NO_PARAMS = "[]";

  private final String name;
  private final NodeClient client;
  private final NodeHealth health;
  private final NodeRecord log;
  private final ChainIdentity identity;
  private final Duration patience;
  private final LongSupplier nanos;

  private volatile HeadReport last = HeadReport.NONE;
  private boolean introduced;
  private boolean suspicious;
  private boolean finalUnsure;
  private boolean saidNothingIsFinal;

  NodeProbe(
      String name,
      NodeClient client,
      NodeHealth health,
      NodeRecord log,
      ChainIdentity identity,
      Duration patience,
      LongSupplier nanos) {
    this.name = name;
    this.client = client;
    this.health = health;
    this.log = log;
    this.identity = identity;
    this.patience = patience;
    this.nanos = nanos;
  }

  /** The newest block that the node had when it was last asked. */
  long head() {
    return last.head();
  }

  /** The newest block that the node called final when it was last asked. */
  long finalized() {
    return last.finalized();
  }

  /**
   * Asks for the head, and for the final block where the head is a new one. A node that wants to be
   * left alone is left alone: what it last said stands.
   */
  Future<HeadReport> poll() {
    if (health.isResting()) {
      return Future.succeededFuture(last);
    }
    if (health.isChecked() && !health.isOfWrongChain()) {
      return introduced ? askHead() : introduce().compose(done -> askHead());
    }
    introduced = false;
    suspicious = true;
    return checkChain(patience(), Asker.PROBE)
        .compose(failure -> failure.isEmpty() ? introduce() : Future.succeededFuture(false))
        .compose(right -> right ? askHead() : Future.succeededFuture(HeadReport.NONE));
  }

  /** Checks that the node is of our chain; empty if it is. */
  Future<Optional<Failure>> checkChain(Duration timeout, Asker asker) {
    return ask(Question.own("eth_chainId", NO_PARAMS, timeout), asker).map(this::judgeChain);
  }

  private Optional<Failure> judgeChain(RpcReply reply) {
    if (reply instanceof RpcReply.RpcError error) {
      return Optional.of(error.failure());
    }
    long id = quantity(reply);
    if (id == Snapshot.UNKNOWN) {
      return Optional.of(Failure.NODE_NOT_JSON_RPC);
    }
    boolean right = identity.accepts(id);
    if (!right && !health.isOfWrongChain()) {
      log.refused(id, identity.chain(), identity.get().chainId());
    }
    health.checked(right);
    return right ? Optional.empty() : Optional.of(Failure.NODE_WRONG_CHAIN);
  }

  /** Learns what the node is; true even if it does not say. */
  private Future<Boolean> introduce() {
    introduced = true;
    return ask("web3_clientVersion", NO_PARAMS)
        .compose(
            client ->
                ask("net_version", NO_PARAMS)
                    .map(
                        net -> {
                          introduced = isAnswer(client) && isAnswer(net);
                          identity.learn(name, string(net), string(client));
                          return true;
                        }));
  }

  private static boolean isAnswer(RpcReply reply) {
    return !(reply instanceof RpcReply.RpcError error)
        || error.failure() == Failure.NODE_ERROR
        || error.failure() == Failure.NODE_INTERNAL_ERROR
        || error.failure() == Failure.NODE_LACKS_METHOD;
  }

  private Future<HeadReport> askHead() {
    return ask("eth_blockNumber", NO_PARAMS)
        .compose(
            reply -> {
              long head = quantity(reply);
              if (head == Snapshot.UNKNOWN) {
                return Future.succeededFuture(HeadReport.NONE);
              }
              return head == last.head() && !suspicious && !finalUnsure
                  ? Future.succeededFuture(last)
                  : askFinal(head);
            });
  }

  private Future<HeadReport> askFinal(long head) {
    return ask("eth_getBlockByNumber", "[\"finalized\",false]")
        .compose(
            reply -> {
              HeadReport before = last;
              finalUnsure = !isAnswer(reply);
              HeadReport now = finalBlock(head, reply);
              last = now;
              boolean wentBack = now.finalized() < before.finalized();
              boolean check =
                  before.finalized() != Snapshot.UNKNOWN
                      && head >= before.finalized()
                      && (wentBack || suspicious);
              suspicious = false;
              return check ? verify(before, now) : Future.succeededFuture(now);
            });
  }

  private HeadReport finalBlock(long head, RpcReply reply) {
    if (reply instanceof RpcReply.Result result && JsonSpans.isObject(result.json(), 0)) {
      long number = memberQuantity(result.json(), "number");
      String hash = memberString(result.json(), "hash");
      return number == Snapshot.UNKNOWN || hash.isEmpty()
          ? new HeadReport(head, Snapshot.UNKNOWN, "")
          : new HeadReport(head, number, hash);
    }
    if (isAnswer(reply)) {
      if (!saidNothingIsFinal) {
        saidNothingIsFinal = true;
        LOG.warn("{} names no finalized block: nothing of it is taken for final", name);
      }
      return new HeadReport(head, Snapshot.UNKNOWN, "");
    }
    return new HeadReport(head, last.finalized(), last.finalizedHash());
  }

  /**
   * Asks for the block that the node once called final. Another hash there means that the chain was
   * reset; the tracker is told so by that hash under the old number.
   */
  private Future<HeadReport> verify(HeadReport before, HeadReport now) {
    String params = "[\"0x" + Long.toHexString(before.finalized()) + "\",false]";
    return ask("eth_getBlockByNumber", params)
        .map(
            reply -> {
              if (!(reply instanceof RpcReply.Result result)
                  || !JsonSpans.isObject(result.json(), 0)) {
                return now;
              }
              String hash = memberString(result.json(), "hash");
              return hash.isEmpty() || hash.equals(before.finalizedHash())
                  ? now
                  : new HeadReport(now.head(), before.finalized(), hash);
            });
  }

  private Duration patience() {
    boolean lost = !health.isWell() && patience.compareTo(PATIENCE_WITH_THE_LOST) > 0;
    return lost ? PATIENCE_WITH_THE_LOST : patience;
  }

  private Future<RpcReply> ask(String method, String params) {
    return ask(Question.own(method, params, patience()), Asker.PROBE);
  }

  private Future<RpcReply> ask(Question question, Asker asker) {
    long started = nanos.getAsLong();
    return client
        .ask(question)
        .answer()
        .map(
            answer -> {
              log.ended(asker, answer.reply(), nanos.getAsLong() - started);
              return answer.reply();
            });
  }

  private static long quantity(RpcReply reply) {
    return reply instanceof RpcReply.Result result
        ? JsonSpans.hexQuantity(result.json(), 0, result.json().length)
        : Snapshot.UNKNOWN;
  }

  private static String string(RpcReply reply) {
    return reply instanceof RpcReply.Result result && JsonSpans.isString(result.json(), 0)
        ? JsonSpans.string(result.json(), 0, result.json().length)
        : "";
  }

  private static long memberQuantity(byte[] json, String member) {
    int at = JsonSpans.member(json, 0, json.length, member);
    return at < 0
        ? Snapshot.UNKNOWN
        : JsonSpans.hexQuantity(json, at, JsonSpans.valueEnd(json, at, json.length));
  }

  private static String memberString(byte[] json, String member) {
    int at = JsonSpans.member(json, 0, json.length, member);
    return at < 0 || !JsonSpans.isString(json, at)
        ? ""
        : JsonSpans.string(json, at, JsonSpans.valueEnd(json, at, json.length));
  }
}
