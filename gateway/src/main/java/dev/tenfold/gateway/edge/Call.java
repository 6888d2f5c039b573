package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.telemetry.AccessEntry;
import org.jspecify.annotations.Nullable;

/**
 * One call of a body, single or a member of a batch: its id as the caller wrote it, and its end.
 */
final class Call {
  private final byte[] body;
  private final int idFrom;
  private final int idTo;
  private final boolean notification;
  private final @Nullable RpcRequest request;
  private @Nullable RpcReply reply;
  private long startedNanos;
  private long latencyNanos;

  private Call(
      byte[] body, int idFrom, int idTo, boolean notification, @Nullable RpcRequest request) {
    this.body = body;
    this.idFrom = idFrom;
    this.idTo = idTo;
    this.notification = notification;
    this.request = request;
  }

  static Call of(RpcRequest request, int idFrom, int idTo, boolean notification) {
    return new Call(request.json(), idFrom, idTo, notification, request);
  }

  static Call invalid(byte[] body, int idFrom, int idTo, String problem) {
    Call call = new Call(body, idFrom, idTo, false, null);
    call.reply = Failure.INVALID_REQUEST.reply("invalid request: " + problem);
    return call;
  }

  /** The call itself, or null where it was no valid one and has its reply already. */
  @Nullable RpcRequest request() {
    return request;
  }

  boolean isNotification() {
    return notification;
  }

  void started(long nowNanos) {
    startedNanos = nowNanos;
  }

  /** Its result has begun to come. */
  void begun(RpcReply how) {
    reply = how;
  }

  void ended(RpcReply how, long nowNanos) {
    reply = how;
    latencyNanos = nowNanos - startedNanos;
  }

  RpcReply reply() {
    RpcReply ended = reply;
    if (ended == null) {
      throw new IllegalStateException("the call has not ended");
    }
    return ended;
  }

  long startedNanos() {
    return startedNanos;
  }

  long latencyNanos() {
    return latencyNanos;
  }

  /** The call for the access log, once it has ended. */
  AccessEntry entry(String chain, int status) {
    RpcRequest asked = request;
    RpcReply ended = reply();
    return new AccessEntry(
        "/" + chain,
        asked == null ? "" : asked.method().name(),
        status,
        latencyNanos,
        ended.cacheStatus().verdict(),
        ended instanceof RpcReply.RpcError error ? error.failure().name() : "");
  }

  byte[] body() {
    return body;
  }

  int idFrom() {
    return idFrom;
  }

  int idTo() {
    return idTo;
  }

  /** Where there is no id, or none that could be read, the reply says {@code null}. */
  boolean hasId() {
    return idTo > idFrom;
  }
}
