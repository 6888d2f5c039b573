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

/**
 * A closed loop on one thread: each connection sends the same request again once its reply is here,
 * and every reply is compared byte for byte. Bounded in count and in time.
 *
 * <p>A connection whose reply is wrong counts as one error and is not used further.
 */
final class LoadClient implements AutoCloseable {
  private final Selector selector = Selector.open();
  private final ByteBuffer request;
  private final ByteBuffer expected;
  private final ByteBuffer seen;
  private int toSend;
  private int replies;
  private int errors;
  private int open;

  /** How a round ended. */
  record Outcome(int replies, int errors) {}

  /** What one connection has received of its reply. */
  private static final class Arriving {
    final SocketChannel channel;
    int bytes;

    Arriving(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private LoadClient(byte[] request, byte[] expected) throws IOException {
    this.request = ByteBuffer.allocateDirect(request.length).put(request).flip();
    this.expected = ByteBuffer.allocateDirect(expected.length).put(expected).flip();
    seen = ByteBuffer.allocateDirect(expected.length + 1);
  }

  /**
   * Sends a request so many times over so many connections, and returns when all replies are here
   * or the time is over; replies that are missing then are errors.
   */
  static Outcome run(
      InetSocketAddress server, HttpCall call, int connections, int requests, long limitSeconds)
      throws IOException {
    try (LoadClient client = new LoadClient(call.request(), call.reply())) {
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

  private void read(Arriving reply) throws IOException {
    seen.clear();
    int read = reply.channel.read(seen);
    seen.flip();
    if (read < 0 || !isExpected(reply.bytes)) {
      fail(reply);
      return;
    }
    reply.bytes += read;
    if (reply.bytes == expected.limit()) {
      reply.bytes = 0;
      replies++;
      next(reply);
    }
  }

  private boolean isExpected(int from) {
    int length = seen.limit();
    return from + length <= expected.limit() && seen.equals(expected.slice(from, length));
  }

  private void next(Arriving reply) throws IOException {
    if (toSend > 0) {
      toSend--;
      if (reply.channel.write(request.duplicate()) < request.limit()) {
        fail(reply); // a request is far smaller than the buffer of a socket
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
