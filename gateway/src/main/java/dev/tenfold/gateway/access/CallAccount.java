package dev.tenfold.gateway.access;

import dev.tenfold.gateway.access.UsageBook.KeyUsage;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.rpc.Account;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The account of a key, or of an address that calls without one. */
final class CallAccount implements Account {
  private final @Nullable KeyRecord key;
  private final MethodPatterns methods;
  private final Networks addresses;
  private final Limiter limiter;
  private final MethodCosts costs;
  private final @Nullable KeyUsage usage;
  private final Verdict.Admitted admitted = new Verdict.Admitted(this);

  private CallAccount(
      @Nullable KeyRecord key, Limiter limiter, MethodCosts costs, @Nullable KeyUsage usage) {
    this.key = key;
    this.methods = new MethodPatterns("methods", key == null ? List.of() : key.methods());
    this.addresses = new Networks("addresses", key == null ? List.of() : key.addresses());
    this.limiter = limiter;
    this.costs = costs;
    this.usage = usage;
  }

  static CallAccount of(KeyRecord key, Limiter limiter, MethodCosts costs, KeyUsage usage) {
    return new CallAccount(key, limiter, costs, usage);
  }

  static CallAccount ofAddress(Limiter limiter, MethodCosts costs) {
    return new CallAccount(null, limiter, costs, null);
  }

  /** True if it is made of this very record. */
  @SuppressWarnings("ReferenceEquality") // as long as nothing changed, the same record is found
  boolean isOf(KeyRecord record) {
    return key == record;
  }

  Verdict.Admitted admitted() {
    return admitted;
  }

  /** Where it may be used from. */
  Networks addresses() {
    return addresses;
  }

  Limiter limiter() {
    return limiter;
  }

  @Override
  public boolean mayCall(Method method) {
    return methods.isEmpty() || methods.has(method.name());
  }

  @Override
  public RpcReply.@Nullable RpcError take(Method method) {
    Limiter.Refusal refusal = limiter.take(costs.of(method));
    return refusal == null ? null : refused(refusal);
  }

  private static RpcReply.RpcError refused(Limiter.Refusal refusal) {
    long seconds = Math.ceilDiv(refusal.waitNanos(), TimeUnit.SECONDS.toNanos(1));
    return Failure.LIMIT_EXCEEDED
        .reply("limit exceeded: " + refusal.limit())
        .retryAfter((int) Math.max(1, seconds));
  }

  @Override
  public void ended(String chain, Method method, RpcReply reply, long bytes, long nanos) {
    limiter.ended();
    KeyUsage counted = usage;
    if (counted == null) {
      return;
    }
    UsageCell cell = counted.cell(chain, method);
    if (reply.cacheStatus().isHit()) {
      cell.hit(bytes, costs.of(method));
    } else {
      cell.passed(bytes, costs.of(method), nanos);
    }
    if (reply instanceof RpcReply.RpcError) {
      cell.error();
    }
  }

  @Override
  public void refused(String chain, Method method) {
    if (usage != null) {
      usage.cell(chain, method).refused();
    }
  }

  @Override
  public boolean takeHits(int calls, int units) {
    return limiter.takeHits(calls, units) == null;
  }

  @Override
  public void hit(String chain, Method method, long bytes) {
    if (usage != null) {
      usage.cell(chain, method).hit(bytes, costs.of(method));
    }
  }

  @Override
  public int units(Method method) {
    return costs.of(method);
  }

  @Override
  public @Nullable RateLimit rateLimit() {
    return limiter.rateLimit();
  }
}
