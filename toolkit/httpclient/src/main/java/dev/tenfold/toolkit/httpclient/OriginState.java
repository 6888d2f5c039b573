package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of one origin. Guarded by the ledger's lock. */
final class OriginState {
  /** By client: the connection that was used last is at the end. */
  final List<ArrayDeque<Connection>> idleByClient = new ArrayList<>();

  /** In order of arrival. Those that have a connection on the way for them are among them. */
  final LinkedHashSet<Exchange> waiting = new LinkedHashSet<>();

  /** Connections, and attempts to open one. */
  int open;

  /** Attempts to open one. */
  int connecting;

  /** Calls that have a connection. */
  int active;

  long created;
  long closed;
  long reused;
  long calls;
  long waitingNanos;
  private final Map<Kind, Long> failures = new EnumMap<>(Kind.class);

  OriginState(int clients) {
    for (int i = 0; i < clients; i++) {
      idleByClient.add(new ArrayDeque<>());
    }
  }

  ArrayDeque<Connection> idle(Client client) {
    return idleByClient.get(client.index());
  }

  private int idleCount() {
    int sum = 0;
    for (ArrayDeque<Connection> connections : idleByClient) {
      sum += connections.size();
    }
    return sum;
  }

  /** The first call in the queue for which no connection is on the way. */
  @Nullable Exchange firstWithoutAttempt() {
    for (Exchange exchange : waiting) {
      if (!exchange.hasAttempt) {
        return exchange;
      }
    }
    return null;
  }

  @Nullable Exchange takeFirstWaiting() {
    return waiting.isEmpty() ? null : waiting.removeFirst();
  }

  void failed(Kind kind) {
    failures.merge(kind, 1L, Long::sum);
  }

  PoolStats stats() {
    return new PoolStats(
        open,
        idleCount(),
        waiting.size(),
        active,
        created,
        closed,
        reused,
        calls,
        failures,
        Duration.ofNanos(waitingNanos));
  }
}
