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

  /** All connections of HTTP/2, oldest first. */
  private final List<Connection> http2 = new ArrayList<>();

  /** In order of arrival. Those that have a connection on the way for them are among them. */
  final LinkedHashSet<Exchange> waiting = new LinkedHashSet<>();

  /** Connections, and attempts to open one. */
  int open;

  /** Attempts to open one. */
  int connecting;

  /** For how many calls a connection that is being opened will have room, as far as we know. */
  private int callsPerConnection;

  /** Calls that have a connection. */
  int active;

  long created;
  long closed;
  long reused;
  long calls;
  long waitingNanos;
  private final Map<Kind, Long> failures = new EnumMap<>(Kind.class);

  OriginState(int clients, int callsPerConnection) {
    this.callsPerConnection = callsPerConnection;
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

  void opened(Connection connection) {
    callsPerConnection = connection.maxCalls;
    if (connection instanceof Http2Connection) {
      http2.add(connection);
    }
  }

  /** From now on each call that waits has an attempt of its own: none waits for two to fail. */
  void failedToOpen() {
    callsPerConnection = 1;
  }

  void closed(Connection connection) {
    open--;
    closed++;
    http2.remove(connection);
  }

  /** Whether calls of all clients share connections, which those of HTTP/1.1 are not made for. */
  boolean isShared() {
    return !http2.isEmpty();
  }

  /** One that has calls and room for another; of this client if there is one. */
  @Nullable Connection shared(Client home) {
    Connection found = null;
    for (int i = 0; i < http2.size(); i++) {
      Connection connection = http2.get(i);
      if (connection.calls > 0 && connection.calls < connection.maxCalls) {
        if (connection.client() == home) {
          return connection;
        }
        found = found == null ? connection : found;
      }
    }
    return found;
  }

  /** Calls in the queue beyond those that the attempts will have room for. */
  long uncovered() {
    return waiting.size() - (long) connecting * callsPerConnection;
  }

  /** Whether another attempt would be of use. With HTTP/1.1 each call has one, come what may. */
  boolean needsAnother() {
    return callsPerConnection == 1 || uncovered() > 0;
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

  private int streams() {
    int sum = 0;
    for (Connection connection : http2) {
      sum += connection.calls;
    }
    return sum;
  }

  PoolStats stats() {
    return new PoolStats(
        open,
        idleCount(),
        waiting.size(),
        active,
        http2.size(),
        streams(),
        created,
        closed,
        reused,
        calls,
        failures,
        Duration.ofNanos(waitingNanos));
  }
}
