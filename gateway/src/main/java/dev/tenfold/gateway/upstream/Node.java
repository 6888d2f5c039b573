package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import io.vertx.core.Future;
import java.time.Duration;

/** One node of a chain, as it is seen by the one who chooses whom to ask. Thread-safe. */
public interface Node {
  /** What to call it in logs and metrics, such as {@code main#1}; never its address. */
  String name();

  /** The share of calls that it is to get, 1 or more. */
  int weight();

  /** True if it is asked only where no other node is well. */
  boolean isBackup();

  /** True if it may be given any call: its chain is checked, it answers, it is not at a limit. */
  boolean isWell();

  /**
   * True if it may be asked as a last resort though it is not well: it did not ask to be left
   * alone, and it is not of another chain.
   */
  boolean mayBeTried();

  /** How long it asked to be left alone, from now on; zero if it did not. */
  Duration rest();

  /** How long it took to answer of late; 0 where that is not known. */
  double latencyNanos();

  /** When it last answered, on the clock of {@link System#nanoTime}. */
  long lastSuccessNanos();

  /**
   * The highest block of the followed chain that the node is known to have, or {@link
   * dev.tenfold.gateway.rpc.Snapshot#UNKNOWN}. A node that lags has a lower one than the chain.
   */
  long head();

  /** False while the newest block that it reported is on another fork than the one followed. */
  boolean follows();

  /**
   * Asks it once. The answer ends as a result or an error, in the node's own bytes, or as one of
   * the failures {@code NODE_...} with words of ours; when the caller hangs up the attempt is given
   * up and ends as {@code CALLER_GONE}, unless it is a send. A large result is {@linkplain
   * RpcReply.Streamed streamed}, and is then the caller's to read or cancel.
   *
   * @param request what to ask; its parameters go out as they came in
   * @param attemptTimeout how long to wait
   * @return completes on the event loop that called; never fails
   */
  Future<RpcReply> call(RpcRequest request, Duration attemptTimeout);
}
