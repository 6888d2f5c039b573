package dev.tenfold.loadgen;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One run, on one thread.
 *
 * <p>1. Idle connections are used in turn, the one that has been idle longest first. A request that
 * is due while none is idle waits, and goes out on the first that becomes so; its latency counts
 * from when it was meant to go out.
 *
 * <p>2. A connection that was closed, by whichever side, is opened again for the request that needs
 * it, and the time that takes is in the latency.
 *
 * <p>3. A request that could have gone out earlier (it was due, and its connection idle) was late
 * through our own fault. That is recorded apart, since the server cannot help it.
 *
 * <p>4. Between two requests we sleep in the selector, which reckons in milliseconds. What is left
 * below two of them is slept in steps of 50 µs with a look at the sockets in between: precise to
 * some 0.1 ms, and far cheaper than spinning.
 */
final class Generator implements AutoCloseable {
  private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final int MOST_AT_ONCE = 256 * 1024;
  private static final int OK = 200;

  private final LoadPlan plan;
  private final InetSocketAddress server;
  private final LongSupplier clock;
  private final long timeoutNanos;
  private final Selector selector;
  private final Consumer<SelectionKey> whenReady = this::ready;
  private final Connection[] connections;
  private final ArrayDeque<Connection> idle;
  private final ArrayDeque<Connection> closed;
  private final UnderWay underWay = new UnderWay();
  private final ByteBuffer in = ByteBuffer.allocate(MOST_AT_ONCE);
  private final RequestWriter writer;
  private final Tally tally = new Tally();
  private final Schedule schedule;
  private final Ticker ticker;
  private long nextId = 1;
  private long lastGoodNanos;
  private long cpuAtCountNanos = -1;

  Generator(LoadPlan plan, LongSupplier clock, Consumer<LoadProgress> listener)
      throws IOException, InterruptedException {
    this.plan = plan;
    this.clock = clock;
    server = plan.address();
    timeoutNanos = plan.timeout().toNanos();
    writer = new RequestWriter(plan.mix(), plan.url(), plan.seed());
    connections = new Connection[plan.connections()];
    idle = new ArrayDeque<>(connections.length + 1);
    closed = new ArrayDeque<>(connections.length + 1);
    selector = Selector.open();
    try {
      openAll();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
    long start = clock.getAsLong();
    schedule = new Schedule(plan, start);
    ticker = new Ticker(listener, start);
  }

  /** Before the clock starts, so that the first latencies have no connecting in them. */
  private void openAll() throws IOException, InterruptedException {
    long deadline = clock.getAsLong() + timeoutNanos;
    for (int i = 0; i < connections.length; i++) {
      connections[i] = new Connection();
      open(connections[i]);
    }
    while (isOpening() && clock.getAsLong() < deadline) {
      selector.select(whenReady, 10);
      requireUninterrupted();
    }
    for (Connection connection : connections) {
      if (!connection.isOpen()) {
        connection.close();
      }
      release(connection, clock.getAsLong());
    }
  }

  private void open(Connection connection) {
    try {
      connection.connect(selector, server);
    } catch (IOException _) {
      connection.close(); // the request that needs it tries again, and counts the failure
    }
  }

  private boolean isOpening() {
    for (Connection connection : connections) {
      if (!connection.isOpen() && !connection.isClosed()) {
        return true;
      }
    }
    return false;
  }

  LoadResult run() throws IOException, InterruptedException {
    while (true) {
      long now = clock.getAsLong();
      startCounting(now);
      sendDue();
      schedule.stopAfterEnd(now);
      giveUpLate(now);
      ticker.tick(now, schedule);
      if (schedule.isOver() && underWay.size() == 0) {
        return result(now);
      }
      requireUninterrupted();
      await(clock.getAsLong());
    }
  }

  private static void requireUninterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void startCounting(long now) {
    if (cpuAtCountNanos < 0 && schedule.counts(now)) {
      cpuAtCountNanos = threadCpuNanos();
    }
  }

  private static long threadCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void sendDue() {
    // Bounded: where connecting fails at once, a connection is free again at once.
    for (int i = 0; i < connections.length; i++) {
      long now = clock.getAsLong();
      if (!schedule.isDue(now)) {
        return;
      }
      Connection connection = idle.pollFirst();
      if (connection == null) {
        connection = closed.pollFirst();
      }
      if (connection == null) {
        return;
      }
      send(connection, now);
    }
  }

  private void send(Connection connection, long now) {
    long intended = schedule.take(now);
    connection.intendedNanos = intended;
    connection.counts = schedule.counts(intended);
    connection.deadlineNanos = now + timeoutNanos;
    ByteBuffer request = writer.next(nextId);
    connection.reply.begin(nextId, writer.size());
    nextId += writer.size();
    if (connection.counts) {
      tally.sent(writer.size(), now - Math.max(intended, connection.freeNanos));
    }
    underWay.add(connection);
    try {
      if (connection.isClosed()) {
        tally.reopened += connection.hasBeenOpen() ? 1 : 0;
        connection.connect(selector, server);
      }
      connection.send(request);
    } catch (IOException _) {
      fail(connection, brokenKind(connection));
    }
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.isConnectable()) {
        connection.finishConnect();
      } else if (key.isWritable()) {
        connection.sendRest();
      } else if (key.isReadable()) {
        read(connection);
      }
    } catch (IOException _) {
      broken(connection);
    }
  }

  private void read(Connection connection) throws IOException {
    int bytes = connection.read(in.clear());
    if (bytes < 0 && connection.underWay && connection.reply.endOfConnection()) {
      finish(connection);
    } else if (bytes < 0 || !connection.underWay) {
      broken(connection); // also where something comes that was not asked for
    } else {
      tally.received += connection.counts ? bytes : 0;
      connection.reply.read(in.array(), 0, bytes);
      if (connection.reply.isDone() || connection.reply.isBroken()) {
        finish(connection);
      }
    }
  }

  private void broken(Connection connection) {
    if (connection.underWay) {
      fail(connection, brokenKind(connection));
    } else {
      boolean wasIdle = idle.remove(connection);
      connection.close();
      if (wasIdle) {
        release(connection, clock.getAsLong());
      }
    }
  }

  private static FailureKind brokenKind(Connection connection) {
    return connection.isOpen() ? FailureKind.RESET : FailureKind.CONNECT;
  }

  private void finish(Connection connection) {
    long now = clock.getAsLong();
    underWay.remove(connection);
    judge(connection, now);
    if (connection.reply.isBroken() || connection.reply.isClosing()) {
      connection.close();
    }
    release(connection, now);
    sendDue();
  }

  private void judge(Connection connection, long now) {
    ReplyReader reply = connection.reply;
    BodyScan body = reply.body();
    if (!reply.isBroken() && reply.status() != OK) {
      ticker.failed();
      if (connection.counts) {
        tally.failed(reply.status());
      }
    } else if (reply.isBroken() || !body.isWhole()) {
      count(connection, FailureKind.MALFORMED, now);
    } else if (body.isWrongId()) {
      count(connection, FailureKind.WRONG_ID, now);
    } else if (body.errors() > 0) {
      ticker.failed();
      if (connection.counts) {
        tally.failed(body);
      }
    } else {
      good(connection, now);
    }
  }

  private void good(Connection connection, long now) {
    long nanos = now - connection.intendedNanos;
    ticker.good(nanos);
    if (connection.counts) {
      lastGoodNanos = now;
      tally.good(nanos, connection.reply.cache());
    }
  }

  private void count(Connection connection, FailureKind kind, long now) {
    ticker.failed();
    if (connection.counts) {
      tally.failed(kind, now - connection.intendedNanos);
    }
  }

  private void fail(Connection connection, FailureKind kind) {
    long now = clock.getAsLong();
    underWay.remove(connection);
    connection.close();
    count(connection, kind, now);
    release(connection, now);
  }

  private void release(Connection connection, long now) {
    connection.freeNanos = now;
    if (connection.isClosed()) {
      closed.addLast(connection);
    } else {
      idle.addLast(connection);
    }
  }

  private void giveUpLate(long now) {
    Connection first = underWay.first();
    while (first != null && first.deadlineNanos <= now) {
      fail(first, first.isOpen() ? FailureKind.TIMEOUT : FailureKind.CONNECT);
      first = underWay.first();
    }
  }

  private void await(long now) throws IOException {
    long wait = nextNanos(now) - now;
    if (wait >= 2 * MILLI_NANOS) {
      selector.select(whenReady, wait / MILLI_NANOS - 1);
    } else if (selector.selectNow(whenReady) == 0 && wait > 0) {
      LockSupport.parkNanos(underWay.size() == 0 ? wait : Math.min(wait, STEP_NANOS));
    }
  }

  /** When there is something to do, if nothing comes before. */
  private long nextNanos(long now) {
    long next = ticker.nextNanos();
    Connection first = underWay.first();
    if (first != null) {
      next = Math.min(next, first.deadlineNanos);
    }
    if (!schedule.isOver()) {
      next = Math.min(next, schedule.endNanos());
      boolean canSend = !idle.isEmpty() || !closed.isEmpty();
      next = canSend ? Math.min(next, Math.max(now, schedule.dueNanos())) : next;
    }
    return next;
  }

  private LoadResult result(long now) {
    long end = Math.max(Math.min(now, schedule.endNanos()), lastGoodNanos);
    return new LoadResult(
        plan,
        Duration.ofNanos(Math.max(1, end - schedule.countFromNanos())),
        tally.sent,
        tally.calls,
        tally.good,
        tally.failed,
        schedule.unsent(),
        tally.received,
        tally.reopened,
        tally.late,
        tally.errors(),
        tally.all,
        tally.hits,
        tally.misses,
        tally.lateness,
        Duration.ofNanos(Math.max(0, threadCpuNanos() - Math.max(0, cpuAtCountNanos))));
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      if (connection != null) {
        connection.close();
      }
    }
    selector.close();
  }
}
