package dev.tenfold.gateway.access;

import dev.tenfold.gateway.rpc.Account;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import io.vertx.core.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stage that holds each call against the limits of the account that it is made on, and counts
 * it there. A call on no account passes.
 *
 * <p>Thread-safe. A refusal is an already complete future and asks nobody.
 */
public final class CallLimits implements RpcHandler {
  private final RpcHandler next;
  private final String chain;
  private final LongSupplier nanoClock;

  /** The stage for one chain. */
  public CallLimits(RpcHandler next, String chain, LongSupplier nanoClock) {
    this.next = next;
    this.chain = chain;
    this.nanoClock = nanoClock;
  }

  @Override
  public Future<RpcReply> handle(RpcRequest request) {
    Account account = request.caller().account();
    if (account == null) {
      return next.handle(request);
    }
    RpcReply.RpcError refusal =
        account.mayCall(request.method())
            ? account.take(request.method())
            : Failure.KEY_METHOD_DENIED.reply();
    if (refusal != null) {
      account.refused(chain, request.method());
      return Future.succeededFuture(refusal);
    }
    return counted(account, request);
  }

  private Future<RpcReply> counted(Account account, RpcRequest request) {
    long startedNanos = nanoClock.getAsLong();
    Future<RpcReply> answer;
    try {
      answer = next.handle(request);
    } catch (RuntimeException e) {
      ended(account, request, Failure.INTERNAL.reply(), 0, startedNanos);
      throw e;
    }
    if (answer.succeeded()) {
      return Future.succeededFuture(counted(account, request, answer.result(), startedNanos));
    }
    return answer
        .onFailure(broken -> ended(account, request, Failure.INTERNAL.reply(), 0, startedNanos))
        .map(reply -> counted(account, request, reply, startedNanos));
  }

  private RpcReply counted(Account account, RpcRequest request, RpcReply reply, long startedNanos) {
    if (reply instanceof RpcReply.Streamed streamed) {
      CountedStream stream =
          new CountedStream(
              streamed.result(),
              (bytes, failure) -> {
                RpcReply end = failure == null ? reply : failure.reply().with(reply.cacheStatus());
                ended(account, request, end, bytes, startedNanos);
              });
      return new RpcReply.Streamed(stream, streamed.cacheStatus());
    }
    ended(account, request, reply, bytes(reply), startedNanos);
    return reply;
  }

  private void ended(
      Account account, RpcRequest request, RpcReply reply, long bytes, long startedNanos) {
    long nanos = nanoClock.getAsLong() - startedNanos;
    account.ended(chain, request.method(), reply, bytes, nanos);
  }

  private static int bytes(RpcReply reply) {
    return switch (reply) {
      case RpcReply.Result result -> result.json().length;
      case RpcReply.RpcError error -> error.json().length;
      case RpcReply.Streamed _ -> 0;
    };
  }

  @Override
  public @Nullable RpcReply known(RpcRequest request) {
    Account account = request.caller().account();
    return account == null || account.mayCall(request.method()) ? next.known(request) : null;
  }
}
