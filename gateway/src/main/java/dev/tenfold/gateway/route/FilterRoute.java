package dev.tenfold.gateway.route;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.upstream.Node;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each filter on the node that made it. A new one is made by any node; after that its calls
 * go there and nowhere else. When that node is gone the caller hears {@code filter not found}, on
 * which clients make a new one.
 */
final class FilterRoute {
  private static final String UNINSTALL = "eth_uninstallFilter";
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private final Router router;
  private final FilterPins pins;

  FilterRoute(Router router, FilterPins pins) {
    this.router = router;
    this.pins = pins;
  }

  Future<RpcReply> handle(RpcRequest request) {
    if (request.method().name().startsWith("eth_new")) {
      Trip trip = router.send(request);
      return trip.reply().map(reply -> pinned(reply, trip));
    }
    String id = filterId(request);
    if (id == null) {
      return ended(Failure.INVALID_PARAMS.reply("invalid params: a filter id is a string"));
    }
    FilterPins.Pin pin = pins.find(id);
    if (pin == null) {
      return ended(unknown(request));
    }
    RpcRequest there = id.equals(pin.idThere()) ? request : withId(request, pin.idThere());
    return router.sendTo(pin.node(), there).map(reply -> settled(request, id, pin.node(), reply));
  }

  private RpcReply pinned(RpcReply reply, Trip trip) {
    if (!(reply instanceof Result made) || !JsonSpans.isString(made.json(), 0)) {
      return reply;
    }
    String idThere = JsonSpans.string(made.json(), 0, made.json().length);
    String id = pins.pin(trip.lastAsked(), idThere);
    return id.equals(idThere)
        ? made
        : new Result(quoted(id), made.cacheStatus(), made.nodeFinalized());
  }

  private RpcReply settled(RpcRequest request, String id, Node node, RpcReply reply) {
    if (!(reply instanceof RpcError error)) {
      if (request.method().name().equals(UNINSTALL)) {
        pins.forget(id);
      }
      return reply;
    }
    if (saysNotFound(error)) {
      pins.forget(id);
      return reply;
    }
    boolean gone = error.failure() == Failure.NO_NODE || error.failure() == Failure.CALL_TIMEOUT;
    if (gone && !node.isWell()) {
      pins.forget(id);
      return unknown(request);
    }
    return reply;
  }

  private static boolean saysNotFound(RpcError error) {
    return error.failure() == Failure.NODE_ERROR
        && new String(error.json(), StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT)
            .contains("filter not found");
  }

  /** As geth has it: there is nothing to uninstall, which is no error. */
  private static RpcReply unknown(RpcRequest request) {
    RpcError notFound = Failure.FILTER_NOT_FOUND.reply();
    return request.method().name().equals(UNINSTALL)
        ? new Result(FALSE, notFound.cacheStatus(), request.snapshot().finalized())
        : notFound;
  }

  private static @Nullable String filterId(RpcRequest request) {
    byte[] json = request.json();
    int to = request.paramsTo();
    if (!request.hasParams() || !JsonSpans.isArray(json, request.paramsFrom())) {
      return null;
    }
    int at = JsonSpans.element(json, request.paramsFrom(), to, 0);
    return at < 0 || !JsonSpans.isString(json, at)
        ? null
        : JsonSpans.string(json, at, JsonSpans.valueEnd(json, at, to));
  }

  private static RpcRequest withId(RpcRequest request, String id) {
    byte[] params =
        ("[" + new String(quoted(id), StandardCharsets.UTF_8) + "]")
            .getBytes(StandardCharsets.UTF_8);
    return new RpcRequest(
        request.method(),
        params,
        0,
        params.length,
        request.snapshot(),
        request.caller(),
        request.deadlineNanos());
  }

  private static byte[] quoted(String id) {
    return ('"' + id + '"').getBytes(StandardCharsets.UTF_8);
  }

  private static Future<RpcReply> ended(RpcReply reply) {
    return Future.succeededFuture(reply);
  }
}
