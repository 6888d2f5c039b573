package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.metrics.RequestMetrics;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts calls into the toolkit's {@link RequestMetrics}. An error is a reply that has one. */
public final class CallMetrics implements CallMeter {
  private static final Logger log = LoggerFactory.getLogger(CallMetrics.class);

  private final RequestMetrics requests;
  private final CacheCounts cache;
  private final LongSupplier nanoClock;

  /**
   * Starts at zero.
   *
   * @param cache counts the hits that are told here
   */
  public CallMetrics(CacheCounts cache, LongSupplier nanoClock) {
    this.cache = cache;
    this.nanoClock = nanoClock;
    requests = new RequestMetrics(nanoClock);
  }

  @Override
  public long started() {
    return requests.start();
  }

  @Override
  public long ended(long startedNanos, RpcReply reply) {
    requests.finish(startedNanos, reply instanceof RpcReply.RpcError);
    return nanoClock.getAsLong();
  }

  @Override
  public void hit(RpcRequest request, long nanos) {
    requests.record(nanos);
    cache.hit(request);
  }

  @Override
  public void broke(Throwable cause) {
    log.error("a call ended in a fault of the gateway itself", cause);
  }

  /** What was counted so far. */
  public RequestMetrics.Snapshot snapshot() {
    return requests.snapshot();
  }
}
