package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.telemetry.CallMeter;
import io.vertx.core.Future;

/**
 * Sends the calls of one body on their way, and tells when all have ended.
 *
 * <p>Reads of a batch run side by side, {@value #SIDE_BY_SIDE} at a time. A call that may change
 * something waits for those before it and is waited for by those after it, as a node that works
 * through a batch in order would do. Of the results of one batch no more than that may stream.
 */
final class CallRun {
  static final int SIDE_BY_SIDE = 32;

  private final Call[] calls;
  private final RpcHandler handler;
  private final CallMeter meter;
  private final Holding holding;
  private final Runnable whenDone;
  private int streams;
  private int next;
  private int underWay;
  private boolean changing;
  private boolean sending;

  CallRun(Call[] calls, RpcHandler handler, CallMeter meter, Holding holding, Runnable whenDone) {
    this.calls = calls;
    this.handler = handler;
    this.meter = meter;
    this.holding = holding;
    this.whenDone = whenDone;
  }

  /** Goes on as far as it can; comes back here whenever a call has ended. */
  void proceed() {
    if (sending) {
      return;
    }
    sending = true;
    while (next < calls.length && maySend(calls[next])) {
      send(calls[next++]);
    }
    sending = false;
    if (next == calls.length && underWay == 0) {
      whenDone.run();
    }
  }

  private boolean maySend(Call call) {
    if (changing || underWay >= SIDE_BY_SIDE) {
      return false;
    }
    return underWay == 0 || !mayChange(call);
  }

  private static boolean mayChange(Call call) {
    RpcRequest request = call.request();
    if (request == null) {
      return false;
    }
    MethodClass methodClass = request.method().methodClass();
    return methodClass == MethodClass.PASS
        || methodClass == MethodClass.UNKNOWN
        || methodClass == MethodClass.DENIED
        || methodClass == MethodClass.FILTER;
  }

  private void send(Call call) {
    call.started(meter.started());
    RpcRequest request = call.request();
    if (request == null) {
      ended(call, call.reply());
      return;
    }
    if (request.caller().isGone()) {
      ended(call, Failure.CALLER_GONE.reply());
      return;
    }
    Future<RpcReply> answer = ask(request);
    if (answer.succeeded()) {
      ended(call, answer.result());
    } else {
      await(call, answer);
    }
  }

  private Future<RpcReply> ask(RpcRequest request) {
    try {
      return handler.handle(request);
    } catch (RuntimeException e) {
      return Future.succeededFuture(broken(e));
    }
  }

  private void await(Call call, Future<RpcReply> answer) {
    underWay++;
    changing = mayChange(call);
    answer.onComplete(
        done -> {
          underWay--;
          changing = false;
          ended(call, done.succeeded() ? done.result() : broken(done.cause()));
          proceed();
        });
  }

  private RpcReply broken(Throwable cause) {
    meter.broke(cause);
    return Failure.INTERNAL.reply();
  }

  private void ended(Call call, RpcReply answer) {
    RpcReply reply = holding.hold(answer);
    if (reply instanceof RpcReply.Streamed streamed) {
      begun(call, streamed);
    } else {
      call.ended(reply, meter.ended(call.startedNanos(), reply));
    }
  }

  /** A result that streams is counted at its end, by the one who writes it. */
  private void begun(Call call, RpcReply.Streamed streamed) {
    if (call.isNotification()) {
      refuse(streamed);
      call.ended(streamed, meter.ended(call.startedNanos(), streamed));
    } else if (++streams > SIDE_BY_SIDE) { // each holds a connection to a node
      refuse(streamed);
      ended(call, Failure.IN_FLIGHT_FULL.reply());
    } else {
      call.begun(streamed);
    }
  }

  private void refuse(RpcReply.Streamed streamed) {
    holding.drop(Holding.bytes(streamed));
    Holding.cancel(streamed);
  }
}
