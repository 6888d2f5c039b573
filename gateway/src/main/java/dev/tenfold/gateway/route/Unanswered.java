package dev.tenfold.gateway.route;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.upstream.LogPace;
import dev.tenfold.gateway.upstream.Node;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that calls found no node to answer them: each kind of failure once in {@link
 * LogPace#QUIET}, with the number of the others. Thread-safe.
 */
final class Unanswered {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private final String nodes;
  private final LongSupplier nanos;
  private final Map<Failure, LogPace> paces = new EnumMap<>(Failure.class);

  Unanswered(List<? extends Node> nodes, LongSupplier nanos) {
    this.nodes = nodes.stream().map(Node::name).collect(Collectors.joining(", "));
    this.nanos = nanos;
  }

  /** A call ended so. */
  synchronized void by(Failure failure) {
    LogPace pace = paces.computeIfAbsent(failure, first -> new LogPace());
    if (pace.isDue(nanos.getAsLong())) {
      LOG.atLevel(failure.row().level())
          .log("{}: {}: {}{}", nodes, failure, failure.row().message(), pace.others());
    }
  }
}
