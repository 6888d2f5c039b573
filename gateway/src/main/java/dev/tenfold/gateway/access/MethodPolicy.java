package dev.tenfold.gateway.access;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stage that refuses methods. The first rule that fits decides:
 *
 * <ol>
 *   <li>what {@code deny} names is refused, on every chain and whatever {@code allow} says;
 *   <li>subscriptions are refused: they need a WebSocket;
 *   <li>what is denied by default ({@link MethodClass#DENIED}) passes if {@code allow} names it or
 *       the nodes of the chain are for development, and is refused otherwise;
 *   <li>all else passes. {@code allow} only lifts the default; it shuts nothing out.
 * </ol>
 *
 * <p>Thread-safe. A refusal is an already complete future and asks nobody; a call that passes costs
 * nothing where {@code deny} is empty, else one look-up by name.
 */
public final class MethodPolicy implements RpcHandler {
  private final RpcHandler next;
  private final MethodPatterns allow;
  private final MethodPatterns deny;
  private final BooleanSupplier development;

  /**
   * Makes the stage for one chain.
   *
   * @param allow names, or beginnings of names with a star at the end
   * @param deny the same
   * @param development whether the nodes are for development, as far as is known now
   * @throws IllegalArgumentException if a pattern is neither; the message names it
   */
  public MethodPolicy(
      RpcHandler next, List<String> allow, List<String> deny, BooleanSupplier development) {
    this.next = next;
    this.allow = new MethodPatterns("methods.allow", allow);
    this.deny = new MethodPatterns("methods.deny", deny);
    this.development = development;
  }

  @Override
  public Future<RpcReply> handle(RpcRequest request) {
    Failure refusal = refusal(request.method());
    return refusal == null ? next.handle(request) : Future.succeededFuture(refusal.reply());
  }

  @Override
  public @Nullable RpcReply known(RpcRequest request) {
    return refusal(request.method()) == null ? next.known(request) : null;
  }

  private @Nullable Failure refusal(Method method) {
    if (!deny.isEmpty() && deny.has(method.name())) {
      return Failure.METHOD_DENIED;
    }
    return switch (method.methodClass()) {
      case SUBSCRIPTION -> Failure.SUBSCRIPTION_OVER_HTTP;
      case DENIED ->
          development.getAsBoolean() || allow.has(method.name()) ? null : Failure.METHOD_DENIED;
      default -> null;
    };
  }
}
