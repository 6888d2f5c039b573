package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.chain.ChainIdentity;
import dev.tenfold.gateway.chain.HeadSource.Said;
import dev.tenfold.gateway.chain.HeadSource.Standing;
import dev.tenfold.gateway.chain.HeadSource.Tag;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.gateway.upstream.NodeClient.Question;
import dev.tenfold.gateway.upstream.NodeHealth.Asker;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The calls of our own to one node: which chain it is of, what it is, and its blocks. They bring
 * back a node that was out.
 *
 * <p>{@link #newest} is called from one event loop, one at a time; the rest from any.
 */
final class NodeProbe {
  /** A node that is out is given no longer to answer the small call that may bring it back. */
  static final Duration PATIENCE_WITH_THE_LOST = Duration.ofSeconds(2);

  private static final String NO_PARAMS = "[]";
  private static final String BY_NUMBER = "eth_getBlockByNumber";

  private final String name;
  private final NodeClient client;
  private final NodeHealth health;
  private final NodeRecord log;
  private final ChainIdentity identity;
  private final Duration patience;
  private final LongSupplier nanos;

  private volatile Said newest = Said.NOTHING;
  private volatile Standing standing = Standing.NONE;
  private boolean introduced;

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

  /** The newest block that the node had when it was last asked, or {@link Snapshot#UNKNOWN}. */
  long newestNumber() {
    return newest.block().map(BlockHeader::number).orElse(Snapshot.UNKNOWN);
  }

  /** As {@link Node#head}. */
  long head() {
    return standing.head();
  }

  /** As {@link Node#follows}. */
  boolean follows() {
    return standing.follows();
  }

  /** The newest block that the node itself has called final, or {@link Snapshot#UNKNOWN}. */
  long finalized() {
    return standing.finalized();
  }

  /** Hears where the node stands, from the one who follows the chain. */
  void stands(Standing now) {
    standing = now;
  }

  /** Asks for the newest block. A node that rests is left alone: what it last said stands. */
  Future<Said> newest() {
    if (health.isResting()) {
      return Future.succeededFuture(newest);
    }
    if (health.isChecked() && !health.isOfWrongChain()) {
      return introduced ? askNewest() : introduce().compose(done -> askNewest());
    }
    introduced = false;
    return checkChain(patience(), Asker.PROBE)
        .compose(failure -> failure.isEmpty() ? introduce() : Future.succeededFuture(false))
        .compose(right -> right ? askNewest() : Future.succeededFuture(Said.NOTHING));
  }

  private Future<Said> askNewest() {
    return ask(BY_NUMBER, "[\"latest\",false]")
        .map(
            reply -> {
              Said said = block(reply);
              if (said.block().isPresent()) {
                newest = said;
              }
              return said;
            });
  }

  /** Some nodes say by an error that they have no such block. */
  Future<Said> at(long number) {
    return ask(BY_NUMBER, "[\"0x" + Long.toHexString(number) + "\",false]")
        .map(reply -> isError(reply, Failure.NODE_ERROR) ? Said.NONE : block(reply));
  }

  Future<Said> with(BlockHash hash) {
    return ask("eth_getBlockByHash", "[\"" + hash + "\",false]").map(NodeProbe::block);
  }

  /** An error is how many a node says that it does not know the tag. */
  Future<Said> tagged(Tag tag) {
    return ask(BY_NUMBER, "[\"" + tag.name().toLowerCase(Locale.ROOT) + "\",false]")
        .map(
            reply ->
                reply instanceof RpcReply.RpcError && isAnswer(reply) ? Said.NONE : block(reply));
  }

  Future<List<BlockHeader>> range(long from, long to) {
    long started = nanos.getAsLong();
    HeaderBatch batch = new HeaderBatch(from, to);
    return client
        .ask(batch, patience())
        .map(
            answer -> {
              Failure failure = answer.failure();
              RpcReply reply =
                  failure == null
                      ? new RpcReply.Result(
                          new byte[0], CacheStatus.miss(MissReason.NEVER_KEPT), Snapshot.UNKNOWN)
                      : failure.reply();
              log.endedBatch(batch.size(), reply, nanos.getAsLong() - started);
              return answer.headers();
            });
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
    return !(reply instanceof RpcReply.RpcError)
        || isError(reply, Failure.NODE_ERROR)
        || isError(reply, Failure.NODE_INTERNAL_ERROR)
        || isError(reply, Failure.NODE_LACKS_METHOD);
  }

  private static boolean isError(RpcReply reply, Failure failure) {
    return reply instanceof RpcReply.RpcError error && error.failure() == failure;
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

  /** An error says nothing of the block; {@code null} says that there is none. */
  private static Said block(RpcReply reply) {
    if (!(reply instanceof RpcReply.Result result)) {
      return Said.NOTHING;
    }
    if (JsonSpans.isNull(result.json(), 0)) {
      return Said.NONE;
    }
    BlockHeader header = BlockHeader.parse(result.json());
    return header == null ? Said.NOTHING : Said.of(header);
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
}
