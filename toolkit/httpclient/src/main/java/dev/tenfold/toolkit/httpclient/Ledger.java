package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import dev.tenfold.toolkit.httpclient.Exchange.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who has which connection, who waits, and what is counted: the bookkeeping of all clients, exact
 * because it has one lock. It does no I/O and calls nobody: it returns the steps to be taken.
 */
final class Ledger {
  /* 1. A call that finds no idle connection of its client joins the queue of its origin, and while
   *    the limit allows it an attempt to open a connection starts for it.
   * 2. A connection that becomes free goes to the first call in the queue, whichever client that call
   *    came by. A new connection goes to the call that it was opened for, if that still waits: all
   *    calls before it have attempts of their own.
   * 3. So at every moment: where a call waits without an attempt, as many connections are open as
   *    may be, and none of them is idle. Each event that frees a connection or a place serves such a
   *    call, and none can be forgotten.
   * 4. A connection that was taken out of the idle ones belongs to the one who took it. */

  private final ClientPoolOptions options;
  private final LongSupplier nanoTime;
  private final Object lock = new Object();

  private final Map<Origin, OriginState> origins = new HashMap<>();
  private long turn;
  private boolean sweepIsDue;
  private boolean shutDown;

  Ledger(ClientPoolOptions options, LongSupplier nanoTime) {
    this.options = options;
    this.nanoTime = nanoTime;
  }

  /** A new call. */
  List<Step> admit(Exchange exchange) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      OriginState origin = of(exchange.origin());
      origin.calls++;
      if (shutDown) {
        steps.add(refuse(exchange, origin, Kind.SHUT_DOWN));
      } else {
        place(exchange, origin, steps);
      }
    }
    return steps;
  }

  /** A call whose connection was lost before it could be answered is to have another one. */
  List<Step> again(Exchange exchange, boolean fresh) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      if (exchange.state == State.ASSIGNED) {
        OriginState origin = of(exchange.origin());
        origin.active--;
        exchange.connection = null;
        exchange.wantsFresh = fresh;
        place(exchange, origin, steps);
      }
    }
    return steps;
  }

  private void place(Exchange exchange, OriginState origin, List<Step> steps) {
    Connection idle = exchange.wantsFresh ? null : takeIdle(origin.idle(exchange.home), steps);
    boolean mayOpen = origin.open < options.maxOpenPerOrigin();
    if (idle == null && !mayOpen) {
      idle = takeAnyIdle(origin, steps);
      if (idle != null && exchange.wantsFresh) {
        steps.add(new Step.Close(idle)); // Its place is taken by a new one once it has closed.
        idle = null;
      }
    }
    if (idle != null) {
      steps.add(assign(exchange, idle, origin));
    } else if (!mayOpen
        && origin.waiting.size() - origin.connecting >= options.maxWaiting()
        && !exchange.wantsFresh) {
      steps.add(refuse(exchange, origin, Kind.FULL));
    } else {
      exchange.state = State.WAITING;
      exchange.waitingSinceNanos = nanoTime.getAsLong();
      origin.waiting.add(exchange);
      openForWaiting(origin, steps);
    }
  }

  /** A connection was opened by the attempt for this call. */
  List<Step> connected(Connection connection, Exchange openedFor) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      OriginState origin = of(connection.origin());
      origin.connecting--;
      origin.created++;
      openedFor.hasAttempt = false;
      if (origin.waiting.remove(openedFor)) {
        steps.add(assignWaiting(openedFor, connection, origin));
      } else {
        free(connection, origin, steps);
      }
    }
    return steps;
  }

  /** The attempt for this call failed. */
  List<Step> connectFailed(Exchange openedFor, Kind kind) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      OriginState origin = of(openedFor.origin());
      origin.connecting--;
      origin.open--;
      openedFor.hasAttempt = false;
      if (origin.waiting.remove(openedFor)) {
        stopWaiting(openedFor, origin);
        steps.add(refuse(openedFor, origin, kind));
      }
      openForWaiting(origin, steps);
    }
    return steps;
  }

  /** A call on this connection is over, and the connection is as good as new. */
  List<Step> release(Connection connection) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      free(connection, of(connection.origin()), steps);
    }
    return steps;
  }

  /** This connection has closed. */
  List<Step> closed(Connection connection) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      OriginState origin = of(connection.origin());
      if (origin.idle(connection.client()).remove(connection)) {
        connection.client().idle--;
      }
      origin.open--;
      origin.closed++;
      openForWaiting(origin, steps);
    }
    return steps;
  }

  /** True while a call has no connection yet. */
  boolean isWaiting(Exchange exchange) {
    synchronized (lock) {
      return exchange.state == State.WAITING;
    }
  }

  /**
   * Ends a call, from whatever side.
   *
   * @param failure null where it was answered
   * @return false where it had ended before
   */
  boolean end(Exchange exchange, @Nullable Kind failure) {
    synchronized (lock) {
      if (exchange.state == State.DONE) {
        return false;
      }
      OriginState origin = of(exchange.origin());
      if (exchange.state == State.WAITING) {
        origin.waiting.remove(exchange);
        stopWaiting(exchange, origin);
      } else if (exchange.state == State.ASSIGNED) {
        origin.active--;
      }
      exchange.state = State.DONE;
      if (failure != null) {
        origin.failed(failure);
      }
      return true;
    }
  }

  /** Takes out the connections that have been idle for long enough. */
  List<Step> expire() {
    List<Step> steps = new ArrayList<>();
    synchronized (lock) {
      sweepIsDue = false;
      long now = nanoTime.getAsLong();
      boolean someLeft = false;
      for (OriginState origin : origins.values()) {
        for (ArrayDeque<Connection> connections : origin.idleByClient) {
          connections.removeIf(connection -> expired(connection, now, steps));
          someLeft |= !connections.isEmpty();
        }
      }
      if (someLeft) {
        sweepLater(steps);
      }
    }
    return steps;
  }

  private void sweepLater(List<Step> steps) {
    if (!sweepIsDue) {
      sweepIsDue = true;
      steps.add(Step.SWEEP);
    }
  }

  private boolean expired(Connection connection, long now, List<Step> steps) {
    if (connection.idleUntilNanos - now > 0 && !shutDown) {
      return false;
    }
    connection.client().idle--;
    steps.add(new Step.Close(connection));
    return true;
  }

  /** No new calls from here on. */
  List<Step> shutDown() {
    synchronized (lock) {
      shutDown = true;
    }
    return expire();
  }

  /** Nothing is open, and nothing waits. */
  boolean isEmpty() {
    synchronized (lock) {
      return origins.values().stream().allMatch(o -> o.open == 0 && o.waiting.isEmpty());
    }
  }

  PoolStats stats(Origin origin) {
    synchronized (lock) {
      OriginState state = origins.get(origin);
      return state == null ? PoolStats.none() : state.stats();
    }
  }

  PoolStats stats() {
    synchronized (lock) {
      PoolStats sum = PoolStats.none();
      for (OriginState origin : origins.values()) {
        sum = sum.plus(origin.stats());
      }
      return sum;
    }
  }

  private OriginState of(Origin origin) {
    return origins.computeIfAbsent(origin, o -> new OriginState(options.clients()));
  }

  private Step refuse(Exchange exchange, OriginState origin, Kind kind) {
    exchange.state = State.DONE;
    origin.failed(kind);
    return new Step.Fail(exchange, kind);
  }

  private void openForWaiting(OriginState origin, List<Step> steps) {
    while (origin.open < options.maxOpenPerOrigin()) {
      Exchange exchange = origin.firstWithoutAttempt();
      if (exchange == null) {
        return;
      }
      exchange.hasAttempt = true;
      origin.open++;
      origin.connecting++;
      steps.add(new Step.Connect(exchange));
    }
  }

  /** A connection without a call: the first in the queue has it, or it is idle from now on. */
  private void free(Connection connection, OriginState origin, List<Step> steps) {
    Exchange next = origin.takeFirstWaiting();
    if (next != null) {
      steps.add(assignWaiting(next, connection, origin));
    } else if (shutDown) {
      steps.add(new Step.Close(connection));
    } else {
      keep(connection, origin, steps);
    }
  }

  private void keep(Connection connection, OriginState origin, List<Step> steps) {
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
    for (OriginState origin : origins.values()) {
      ArrayDeque<Connection> idle = origin.idle(client);
      if (!idle.isEmpty()
          && (found.isEmpty() || idle.getFirst().idleTurn < found.getFirst().idleTurn)) {
        found = idle;
      }
    }
    return found;
  }

  private @Nullable Connection takeAnyIdle(OriginState origin, List<Step> steps) {
    for (ArrayDeque<Connection> idle : origin.idleByClient) {
      Connection connection = takeIdle(idle, steps);
      if (connection != null) {
        return connection;
      }
    }
    return null;
  }

  /** The one that was used last: what is not needed grows old, and goes. */
  private @Nullable Connection takeIdle(ArrayDeque<Connection> idle, List<Step> steps) {
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

  private Step assignWaiting(Exchange exchange, Connection connection, OriginState origin) {
    stopWaiting(exchange, origin);
    return assign(exchange, connection, origin);
  }

  private static Step assign(Exchange exchange, Connection connection, OriginState origin) {
    exchange.state = State.ASSIGNED;
    exchange.connection = connection;
    origin.active++;
    boolean reused = connection.isUsed;
    connection.isUsed = true;
    if (reused) {
      origin.reused++;
    }
    return new Step.Send(connection, exchange, reused);
  }

  private void stopWaiting(Exchange exchange, OriginState origin) {
    origin.waitingNanos += nanoTime.getAsLong() - exchange.waitingSinceNanos;
  }
}
