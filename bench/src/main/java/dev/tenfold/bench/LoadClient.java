package dev.tenfold.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop on one thread: each connection sends the next request once its reply is here, and
 * every reply is checked. Bounded in count and in time.
 *
 * <p>A connection whose reply is wrong counts as one error and is not used further.
 */
final class LoadClient implements AutoCloseable {
  private static final int MAX_REPLY = 128 * 1024;

  private final Selector selector = Selector.open();
  private final Schedule schedule;
  private int toSend;
  private int replies;
  private int errors;
  private int open;

  /** How a round ended. */
  record Outcome(int replies, int errors) {}

  /** What one connection has received of its reply. */
  private static final class Arriving {
    final SocketChannel channel;
    final ByteBuffer reply = ByteBuffer.allocateDirect(MAX_REPLY);
    @Nullable ReplyCheck check;

    Arriving(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private LoadClient(Schedule schedule) throws IOException {
    this.schedule = schedule;
  }

  /**
   * Sends so many requests over so many connections, and returns when all replies are here or the
   * time is over; replies that are missing then are errors.
   */
  static Outcome run(
      InetSocketAddress server, Schedule schedule, int connections, int requests, long limitSeconds)
      throws IOException {
    try (LoadClient client = new LoadClient(schedule)) {
      client.connect(server, connections);
      client.send(requests, System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds));
      return new Outcome(client.replies, requests - client.replies);
    }
  }

  private void connect(InetSocketAddress server, int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open(server);
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Arriving(channel));
      open++;
    }
  }

  private void send(int requests, long deadlineNanos) throws IOException {
    toSend = requests;
    for (SelectionKey key : selector.keys()) {
      next((Arriving) key.attachment());
    }
    while (replies + errors < requests && open > 0 && System.nanoTime() < deadlineNanos) {
      selector.select(key -> readable((Arriving) key.attachment()), 100);
    }
  }

  private void readable(Arriving reply) {
    try {
      read(reply);
    } catch (IOException e) {
      fail(reply);
    }
  }

  private void read(Arriving arriving) throws IOException {
    int before = arriving.reply.position();
    int read = arriving.channel.read(arriving.reply);
    ReplyCheck check = arriving.check;
    int missing =
        read <= 0 || check == null ? ReplyCheck.WRONG : check.missing(arriving.reply, before);
    if (missing == ReplyCheck.WRONG) {
      fail(arriving);
    } else if (missing == 0) {
      replies++;
      next(arriving);
    }
  }

  private void next(Arriving arriving) throws IOException {
    arriving.reply.clear();
    arriving.check = null;
    if (toSend > 0) {
      toSend--;
      Schedule.Planned planned = schedule.next();
      arriving.check = planned.check();
      ByteBuffer request = planned.request().duplicate();
      if (arriving.channel.write(request) < request.limit()) {
        fail(arriving); // a request is far smaller than the buffer of a socket
      }
    }
  }

  private void fail(Arriving reply) {
    errors++;
    open--;
    try {
      reply.channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
