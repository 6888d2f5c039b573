package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.AnswerBlock;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.evm.NamedBlock;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks up, by a call of our own, the block that an answer is about where neither call nor answer
 * says where in the chain it is. What it asks is remembered as any answer is, so a second look-up
 * of the same costs nothing. Thread-safe.
 *
 * <p>Endings: a placement; or empty, where the block is not in the chain as it is believed to be,
 * or no node said so within {@link #PATIENCE}.
 */
final class BlockLookup {
  /** How long an answer waits for its block to be looked up. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Method BLOCK_BY_HASH = Methods.named("eth_getBlockByHash");
  private static final Method BLOCK_BY_NUMBER = Methods.named("eth_getBlockByNumber");
  private static final Method TRANSACTION = Methods.named("eth_getTransactionByHash");

  private final RpcHandler answers;
  private final RpcHandler next;
  private final Supplier<? extends Snapshot> snapshots;
  private final LongSupplier nanoTime;

  /**
   * A look-up for one chain.
   *
   * @param answers gives what is known, and asks for the rest
   * @param next asks a node
   */
  BlockLookup(
      RpcHandler answers,
      RpcHandler next,
      Supplier<? extends Snapshot> snapshots,
      LongSupplier nanoTime) {
    this.answers = answers;
    this.next = next;
    this.snapshots = snapshots;
    this.nanoTime = nanoTime;
  }

  /** Where the block with this hash is. */
  Future<Optional<Placement>> ofHash(BlockHash hash, RpcRequest onBehalfOf) {
    return answers
        .handle(own(BLOCK_BY_HASH, "[\"" + hash + "\",false]", onBehalfOf))
        .compose(
            reply -> {
              NamedBlock named = named(BLOCK_BY_HASH, reply);
              return named.hash() == null ? none() : ofNamed(named, finalized(reply), onBehalfOf);
            });
  }

  /**
   * Where the block is that an answer to a call by hash names. Nodes answer about orphans too, so
   * below the window the block counts only if it is the one at its number.
   */
  Future<Optional<Placement>> ofNamed(NamedBlock named, long nodeFinalized, RpcRequest onBehalfOf) {
    Snapshot now = snapshots.get();
    if (now.block(named.number()) != null || named.number() > nodeFinalized) {
      return Future.succeededFuture(inWindow(named, now));
    }
    String params = "[\"0x" + Long.toHexString(named.number()) + "\",false]";
    return answers
        .handle(own(BLOCK_BY_NUMBER, params, onBehalfOf))
        .map(
            reply ->
                named.equals(named(BLOCK_BY_NUMBER, reply))
                    ? Optional.of(Placement.FINAL)
                    : Optional.empty());
  }

  /**
   * Where the transaction is that is the first parameter of the call. Unless its block is final a
   * node is asked, and only after the answer that is to be placed: so a node that changed to
   * another fork before it answered names a block that the window does not have.
   */
  Future<Optional<Placement>> ofTransaction(RpcRequest onBehalfOf) {
    byte[] json = onBehalfOf.json();
    int at =
        onBehalfOf.hasParams()
            ? JsonSpans.element(json, onBehalfOf.paramsFrom(), onBehalfOf.paramsTo(), 0)
            : -1;
    BlockHash hash =
        at < 0
            ? null
            : BlockHash.parse(json, at, JsonSpans.valueEnd(json, at, onBehalfOf.paramsTo()));
    if (hash == null) {
      return none();
    }
    RpcRequest own = own(TRANSACTION, "[\"" + hash + "\"]", onBehalfOf);
    return answers
        .handle(own)
        .compose(
            known -> {
              Optional<Placement> placed = transaction(known);
              boolean stale =
                  known.cacheStatus().isHit() && !placed.map(Placement::isFinal).orElse(false);
              return stale
                  ? next.handle(own).map(this::transaction)
                  : Future.succeededFuture(placed);
            });
  }

  private Optional<Placement> transaction(RpcReply reply) {
    NamedBlock named = named(TRANSACTION, reply);
    Snapshot now = snapshots.get();
    if (named.hash() == null) {
      return Optional.empty();
    }
    boolean isFinal = now.block(named.number()) == null && named.number() <= finalized(reply);
    return isFinal ? Optional.of(Placement.FINAL) : inWindow(named, now);
  }

  private static Optional<Placement> inWindow(NamedBlock named, Snapshot now) {
    BlockHeader there = now.block(named.number());
    return there == null || named.hash() == null || named.contradicts(there)
        ? Optional.empty()
        : Optional.of(Placement.with(there, now));
  }

  private RpcRequest own(Method method, String params, RpcRequest onBehalfOf) {
    byte[] json = params.getBytes(StandardCharsets.US_ASCII);
    long patience = nanoTime.getAsLong() + PATIENCE.toNanos();
    long deadline =
        patience - onBehalfOf.deadlineNanos() < 0 ? patience : onBehalfOf.deadlineNanos();
    return new RpcRequest(
        method, json, 0, json.length, snapshots.get(), Caller.ourselves(), deadline);
  }

  private static NamedBlock named(Method method, RpcReply reply) {
    return reply instanceof Result result ? AnswerBlock.of(method, result.json()) : NamedBlock.NONE;
  }

  private static long finalized(RpcReply reply) {
    return reply instanceof Result result ? result.nodeFinalized() : Snapshot.UNKNOWN;
  }

  private static Future<Optional<Placement>> none() {
    return Future.succeededFuture(Optional.empty());
  }
}
