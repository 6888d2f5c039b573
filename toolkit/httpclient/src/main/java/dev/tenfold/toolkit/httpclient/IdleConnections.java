package dev.tenfold.toolkit.httpclient;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The connections without a call, of all origins and clients. Guarded by the ledger's lock. */
final class IdleConnections {
  private final ClientPoolOptions options;
  private final Collection<OriginState> origins;
  private final LongSupplier nanoTime;
  private long turn;
  private boolean sweepIsDue;

  IdleConnections(
      ClientPoolOptions options, Collection<OriginState> origins, LongSupplier nanoTime) {
    this.options = options;
    this.origins = origins;
    this.nanoTime = nanoTime;
  }

  /** Keeps a connection, and lets go of an older one where there are too many. */
  void keep(Connection connection, OriginState origin, List<Step> steps) {
    Client client = connection.client();
    long nanos = Math.min(options.idleTime().toNanos(), connection.keepAliveNanos());
    connection.idleUntilNanos = nanoTime.getAsLong() + nanos;
    connection.idleTurn = ++turn;
    ArrayDeque<Connection> idle = origin.idle(client);
    idle.addLast(connection);
    client.idle++;
    if (idle.size() > options.maxIdlePerOrigin()) {
      steps.add(new Step.Close(takeOldest(idle)));
    } else if (client.idle > options.maxIdle()) {
      steps.add(new Step.Close(takeOldest(leastRecentlyUsed(client))));
    }
    sweepLater(steps);
  }

  private Connection takeOldest(ArrayDeque<Connection> idle) {
    Connection oldest = idle.removeFirst();
    oldest.client().idle--;
    return oldest;
  }

  /** The idle connections of the origin that this client has not used for longest. */
  private ArrayDeque<Connection> leastRecentlyUsed(Client client) {
    ArrayDeque<Connection> found = new ArrayDeque<>();
    for (OriginState origin : origins) {
      ArrayDeque<Connection> idle = origin.idle(client);
      if (!idle.isEmpty()
          && (found.isEmpty() || idle.getFirst().idleTurn < found.getFirst().idleTurn)) {
        found = idle;
      }
    }
    return found;
  }

  /** That of a client which it used last: what is not needed grows old, and goes. */
  @Nullable Connection take(OriginState origin, Client client, List<Step> steps) {
    return take(origin.idle(client), steps);
  }

  /** One of any client. */
  @Nullable Connection takeAny(OriginState origin, List<Step> steps) {
    for (ArrayDeque<Connection> idle : origin.idleByClient) {
      Connection connection = take(idle, steps);
      if (connection != null) {
        return connection;
      }
    }
    return null;
  }

  private @Nullable Connection take(ArrayDeque<Connection> idle, List<Step> steps) {
    while (!idle.isEmpty()) {
      Connection connection = idle.removeLast();
      connection.client().idle--;
      if (connection.idleUntilNanos - nanoTime.getAsLong() > 0) {
        return connection;
      }
      steps.add(new Step.Close(connection));
    }
    return null;
  }

  /** Takes this one out, if it is among them. */
  void remove(Connection connection, OriginState origin) {
    if (origin.idle(connection.client()).remove(connection)) {
      connection.client().idle--;
    }
  }

  /** Takes out those that have been idle for long enough, or all. */
  void expire(boolean all, List<Step> steps) {
    sweepIsDue = false;
    long now = nanoTime.getAsLong();
    boolean someLeft = false;
    for (OriginState origin : origins) {
      for (ArrayDeque<Connection> connections : origin.idleByClient) {
        connections.removeIf(connection -> expired(connection, now, all, steps));
        someLeft |= !connections.isEmpty();
      }
    }
    if (someLeft) {
      sweepLater(steps);
    }
  }

  private static boolean expired(Connection connection, long now, boolean all, List<Step> steps) {
    if (connection.idleUntilNanos - now > 0 && !all) {
      return false;
    }
    connection.client().idle--;
    steps.add(new Step.Close(connection));
    return true;
  }

  private void sweepLater(List<Step> steps) {
    if (!sweepIsDue) {
      sweepIsDue = true;
      steps.add(Step.SWEEP);
    }
  }
}
