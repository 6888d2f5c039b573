package dev.tenfold.gateway.route;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.FailureTable.AskAnother;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcReply.Streamed;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.upstream.Node;
import dev.tenfold.gateway.upstream.Sends;
import dev.tenfold.gateway.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one call from node to node until one answers, none is left, or its time is over.
 * Confined to the event loop of the caller.
 */
final class Trip {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  /** Failures with which the node sent an error of its own that may be shown. */
  private static final Set<Failure> TOLD_BY_NODE =
      EnumSet.of(Failure.NODE_INTERNAL_ERROR, Failure.NODE_LACKS_METHOD);

  private static final Set<Failure> OUT_OF_TIME =
      EnumSet.of(Failure.NODE_SILENT, Failure.NODE_NOT_ASKED_IN_TIME);

  private final RpcRequest request;
  private final NodeChoice choice;
  private final List<? extends Node> nodes;
  private final RouteLimits limits;
  private final LongSupplier nanos;
  private final Unanswered unanswered;
  private final RoutedChain chain;
  private final Lag lag;
  private final boolean safeToRepeat;
  private final List<Node> asked = new ArrayList<>(2);
  private final Promise<RpcReply> reply = Promise.promise();

  private @Nullable RpcError firstTold;
  private @Nullable Result doubted;
  private @Nullable Failure lastFailure;
  private boolean limitedOnly = true;

  Trip(
      RpcRequest request,
      NodeChoice choice,
      List<? extends Node> nodes,
      RouteLimits limits,
      LongSupplier nanos,
      Unanswered unanswered,
      RoutedChain chain) {
    this.request = request;
    this.choice = choice;
    this.nodes = nodes;
    this.limits = limits;
    this.nanos = nanos;
    this.unanswered = unanswered;
    this.chain = chain;
    this.lag = new Lag(chain, request);
    this.safeToRepeat = isSafeOnAnother(request.method());
  }

  /** A filter made twice does no harm, as nobody knows of the first; the hash guards a send. */
  private static boolean isSafeOnAnother(Method method) {
    return Upstream.isRepeatable(method)
        || Sends.isSend(method)
        || method.methodClass() == MethodClass.FILTER;
  }

  /** Asks the first node. */
  Trip begin() {
    next();
    return this;
  }

  /** How the call ends. */
  Future<RpcReply> reply() {
    return reply.future();
  }

  /** The node that was asked last; it is the one that answered. */
  Node lastAsked() {
    return asked.getLast();
  }

  private void next() {
    if (request.caller().isGone()) {
      reply.complete(Failure.CALLER_GONE.reply());
      return;
    }
    Duration left = Duration.ofNanos(request.deadlineNanos() - nanos.getAsLong());
    Node node = left.isPositive() ? choice.next(asked, request) : null;
    if (node != null) {
      ask(node, left);
    } else if (left.isPositive() && mayComeYet() && lag.mayWait()) {
      lag.await(asked, this::next);
    } else {
      reply.complete(verdict(left));
    }
  }

  private void ask(Node node, Duration left) {
    asked.add(node);
    node.call(request, limits.forAttempt(request.method(), left))
        .onComplete(answer -> answered(node, answer), thrown -> broken(node, thrown));
  }

  private boolean mayComeYet() {
    return lag.isThere() || choice.isSomeoneBehind(asked, request);
  }

  private void answered(Node node, RpcReply answer) {
    switch (answer) {
      case Result result -> answered(node, result);
      case RpcError error -> failed(node, error);
      case Streamed streamed -> reply.complete(streamed);
    }
  }

  private void answered(Node node, Result result) {
    if (doubted == null && EmptyLogs.isDoubtful(request, result)) {
      doubted = result;
      lag.add(node);
      next();
    } else if (Orphans.isNamedBy(request, result, chain.snapshots().get())) {
      failed(node, Failure.NODE_LACKS_BLOCK.reply());
    } else {
      reply.complete(result);
    }
  }

  private void failed(Node node, RpcError error) {
    Failure failure = error.failure();
    if (failure == Failure.NODE_LACKS_BLOCK) {
      lag.add(node);
    }
    lastFailure = failure;
    limitedOnly &= failure == Failure.NODE_RATE_LIMITED;
    if (firstTold == null && TOLD_BY_NODE.contains(failure)) {
      firstTold = error;
    }
    if (mayAskAnother(failure)) {
      next();
    } else if (failure.row().askAnother() == AskAnother.NO) {
      reply.complete(error);
    } else {
      reply.complete(verdict(Duration.ZERO));
    }
  }

  /** A call to a node never fails; should it, the caller is not left waiting. */
  private void broken(Node node, Throwable thrown) {
    LOG.error("{}: an attempt failed in the gateway itself", node.name(), thrown);
    reply.complete(Failure.INTERNAL.reply());
  }

  private boolean mayAskAnother(Failure failure) {
    return switch (failure.row().askAnother()) {
      case NO -> false;
      case CERTAINLY -> true;
      case YES -> safeToRepeat;
    };
  }

  /** What the caller is told where no node brought an answer. */
  private RpcReply verdict(Duration left) {
    if (doubted != null) {
      return doubted;
    }
    if (firstTold != null) {
      return asTold(firstTold);
    }
    int rest = shortestRest();
    if (limitedOnly && rest > 0) {
      unanswered.by(Failure.ALL_RATE_LIMITED);
      RpcError limited = Failure.ALL_RATE_LIMITED.reply();
      return new RpcError(limited.json(), limited.failure(), limited.cacheStatus(), rest);
    }
    boolean lacked = lastFailure == Failure.NODE_LACKS_BLOCK || lag.hasWaited();
    if (lacked || choice.isSomeoneBehind(asked, request)) {
      unanswered.by(Failure.NODE_LACKS_BLOCK);
      return Failure.NODE_LACKS_BLOCK.reply();
    }
    boolean outOfTime = lastFailure != null && OUT_OF_TIME.contains(lastFailure);
    boolean neverAsked = lastFailure == null && !left.isPositive();
    Failure failure = outOfTime || neverAsked ? Failure.CALL_TIMEOUT : Failure.NO_NODE;
    unanswered.by(failure);
    return failure.reply();
  }

  /** A node's own words go to the caller as any error of a node does, with the status of one. */
  private static RpcError asTold(RpcError told) {
    return new RpcError(told.json(), Failure.NODE_ERROR, told.cacheStatus(), 0);
  }

  /** In how many seconds, rounded up, the first node may be asked again; 0 if none rests. */
  private int shortestRest() {
    return nodes.stream()
        .map(Node::rest)
        .filter(Duration::isPositive)
        .min(Duration::compareTo)
        .map(rest -> (int) rest.plusMillis(999).toSeconds())
        .orElse(0);
  }
}
