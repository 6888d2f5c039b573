package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;

/**
 * Counts calls. Called by every event loop, once at the start and once at the end of each call;
 * takes no lock and allocates nothing.
 */
public interface CallMeter {
  /** A call has begun; returns the moment, in nanoseconds, to be handed back at its end. */
  long started();

  /** A call has ended; returns the moment, in nanoseconds. */
  long ended(long startedNanos, RpcReply reply);

  /** A call was a hit, and was answered in the moment in which it began. */
  void hit(RpcRequest request, long nanos);

  /** A stage broke its contract: a fault of ours, to be logged loudly. */
  void broke(Throwable cause);
}
