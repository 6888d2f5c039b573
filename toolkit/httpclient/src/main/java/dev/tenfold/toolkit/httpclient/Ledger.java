package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import dev.tenfold.toolkit.httpclient.Exchange.State;
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
  /* 1. A connection has room for so many calls: of HTTP/1.1 for one, of HTTP/2 for some. It is idle
   *    while it has none. A call goes to one of HTTP/2 that has room, or else to an idle one.
   * 2. A call that finds none joins the queue of its origin, and while the limit allows it an
   *    attempt to open a connection starts for it; with HTTP/2 only if those under way will not
   *    have room for all that wait.
   * 3. Room that becomes free goes to the first call in the queue, whichever client that call came
   *    by. A new connection goes first to the call that it was opened for, if that still waits.
   * 4. So at every moment: where more calls wait than attempts will have room for, as many
   *    connections are open as may be, and none of them has room. Each event that frees room or a
   *    place serves such a call, and none can be forgotten.
   * 5. An idle connection that was taken out belongs to the one who took it. */

  private final ClientPoolOptions options;
  private final LongSupplier nanoTime;
  private final Object lock = new Object();

  private final Map<Origin, OriginState> origins = new HashMap<>();
  private final IdleConnections idle;
  private boolean shutDown;

  Ledger(ClientPoolOptions options, LongSupplier nanoTime) {
    this.options = options;
    this.nanoTime = nanoTime;
    this.idle = new IdleConnections(options, origins.values(), nanoTime);
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
    boolean mayOpen = origin.open < options.maxOpenPerOrigin();
    Connection found = exchange.wantsFresh ? null : find(exchange.home, origin, mayOpen, steps);
    if (found != null) {
      steps.add(assign(exchange, found, origin));
    } else if (!mayOpen && !exchange.wantsFresh && origin.uncovered() >= options.maxWaiting()) {
      steps.add(refuse(exchange, origin, Kind.FULL));
    } else {
      if (!mayOpen && exchange.wantsFresh) {
        makePlace(origin, steps);
      }
      exchange.state = State.WAITING;
      exchange.waitingSinceNanos = nanoTime.getAsLong();
      origin.waiting.add(exchange);
      openForWaiting(origin, steps);
    }
  }

  /** A connection with room. */
  private @Nullable Connection find(
      Client home, OriginState origin, boolean mayOpen, List<Step> steps) {
    Connection found = origin.shared(home);
    if (found == null) {
      found = idle.take(origin, home, steps);
    }
    if (found == null && (!mayOpen || origin.isShared())) {
      found = idle.takeAny(origin, steps);
    }
    return found;
  }

  /** An idle connection goes; its place is taken by a new one once it has closed. */
  private void makePlace(OriginState origin, List<Step> steps) {
    Connection old = idle.takeAny(origin, steps);
    if (old != null) {
      steps.add(new Step.Close(old));
    }
  }

  /** A connection was opened by the attempt for this call. */
  List<Step> connected(Connection connection, Exchange openedFor) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      OriginState origin = of(connection.origin());
      origin.connecting--;
      origin.created++;
      origin.opened(connection);
      openedFor.hasAttempt = false;
      if (origin.waiting.remove(openedFor)) {
        steps.add(assignWaiting(openedFor, connection, origin));
      }
      settle(connection, origin, steps);
      openForWaiting(origin, steps);
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
      origin.failedToOpen();
      openedFor.hasAttempt = false;
      if (origin.waiting.remove(openedFor)) {
        stopWaiting(openedFor, origin);
        steps.add(refuse(openedFor, origin, kind));
      }
      openForWaiting(origin, steps);
    }
    return steps;
  }

  /** A call has left this connection, which is as good as before. */
  List<Step> release(Connection connection) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      connection.calls--;
      settle(connection, of(connection.origin()), steps);
    }
    return steps;
  }

  /** From now on there may be so many calls at a time on this connection; with 0 it is nobody's. */
  List<Step> limit(Connection connection, int maxCalls) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      OriginState origin = of(connection.origin());
      idle.remove(connection, origin);
      connection.maxCalls = maxCalls;
      settle(connection, origin, steps);
      openForWaiting(origin, steps);
    }
    return steps;
  }

  /** This connection has closed. */
  List<Step> closed(Connection connection) {
    List<Step> steps = new ArrayList<>(1);
    synchronized (lock) {
      OriginState origin = of(connection.origin());
      idle.remove(connection, origin);
      connection.maxCalls = 0;
      origin.closed(connection);
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
      idle.expire(shutDown, steps);
    }
    return steps;
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
    return origins.computeIfAbsent(
        origin, o -> new OriginState(options.clients(), presumedCalls(o)));
  }

  /** What may speak HTTP/2 is taken to, until a connection shows. */
  private int presumedCalls(Origin origin) {
    return origin.tls() && options.offersHttp2() ? options.maxStreams() : 1;
  }

  private Step refuse(Exchange exchange, OriginState origin, Kind kind) {
    exchange.state = State.DONE;
    origin.failed(kind);
    return new Step.Fail(exchange, kind);
  }

  private void openForWaiting(OriginState origin, List<Step> steps) {
    while (origin.open < options.maxOpenPerOrigin() && origin.needsAnother()) {
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

  /** What room it has goes to the first in the queue; without a call it is idle from now on. */
  private void settle(Connection connection, OriginState origin, List<Step> steps) {
    while (connection.calls < connection.maxCalls) {
      Exchange next = origin.takeFirstWaiting();
      if (next == null) {
        break;
      }
      steps.add(assignWaiting(next, connection, origin));
    }
    if (connection.calls > 0 || connection.maxCalls == 0) {
      return;
    }
    if (shutDown) {
      steps.add(new Step.Close(connection));
    } else {
      idle.keep(connection, origin, steps);
    }
  }

  private Step assignWaiting(Exchange exchange, Connection connection, OriginState origin) {
    stopWaiting(exchange, origin);
    return assign(exchange, connection, origin);
  }

  private static Step assign(Exchange exchange, Connection connection, OriginState origin) {
    exchange.state = State.ASSIGNED;
    exchange.connection = connection;
    origin.active++;
    connection.calls++;
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
