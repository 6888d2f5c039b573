package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.Failure;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of one node: one line when it goes out and one when it is back, and of failures
 * in between each kind once in {@link LogPace#QUIET}, with the number of those that were not said;
 * these are there at the level {@code DEBUG}.
 *
 * <p>A node that goes out and comes back again and again is said to once in that time. Thread-safe;
 * takes a lock only for a failure, or while the node is said to be out.
 */
final class NodeLog {
  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  private final String name;
  private final LongSupplier nanos;
  private final Map<Failure, LogPace> failures = new EnumMap<>(Failure.class);
  private final LogPace leaving = new LogPace();
  private volatile boolean saidToBeOut;

  NodeLog(String name, LongSupplier nanos) {
    this.name = name;
    this.nanos = nanos;
  }

  /** An attempt failed; after it the node is out, or is not. */
  synchronized void failed(Failure failure, boolean ofCaller, boolean out) {
    boolean said = out ? out(failure) : ofCaller && in(failure);
    if (!said) {
      LOG.debug("{}: {}", name, failure);
    }
  }

  private boolean out(Failure failure) {
    if (saidToBeOut || !leaving.isDue(nanos.getAsLong())) {
      return false;
    }
    saidToBeOut = true;
    say(failure, ", it is asked by a probe only until it is back");
    return true;
  }

  private boolean in(Failure failure) {
    LogPace pace = failures.computeIfAbsent(failure, first -> new LogPace());
    if (!pace.isDue(nanos.getAsLong())) {
      return false;
    }
    say(failure, pace.others());
    return true;
  }

  private void say(Failure failure, String consequence) {
    LOG.atLevel(failure.row().level()).log("{}: {}{}", name, failure, consequence);
  }

  /** The node was found to be of another chain. */
  synchronized void refused(long itsChain, String chain, long chainId) {
    LOG.error(
        "{} is refused: it is a node of chain {}, and {} is chain {}",
        name,
        itsChain,
        chain,
        chainId);
    saidToBeOut = true;
  }

  /** The node answers, and may be given any call. */
  void well() {
    if (saidToBeOut) {
      back();
    }
  }

  private synchronized void back() {
    if (saidToBeOut) {
      saidToBeOut = false;
      LOG.info("{} is back", name);
    }
  }
}
