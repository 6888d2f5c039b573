package dev.tenfold.loadgen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection, with at most one request under way. Confined to the generator's thread. */
final class Connection {
  final ReplyReader reply = new ReplyReader();
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable ByteBuffer unsent;
  private boolean hasBeenOpen;

  /** When the request under way was meant to go out. */
  long intendedNanos;

  /** When the request under way is given up. */
  long deadlineNanos;

  /** When this became free for a request. */
  long freeNanos;

  /** Whether the request under way counts. */
  boolean counts;

  // The requests under way are a list in the order of their deadlines.
  @Nullable Connection before;
  @Nullable Connection after;
  boolean underWay;

  boolean isOpen() {
    return channel != null && channel.isConnected();
  }

  boolean isClosed() {
    return channel == null;
  }

  /** It has been connected before, perhaps is no longer. */
  boolean hasBeenOpen() {
    return hasBeenOpen;
  }

  /** Begins to connect; returns whether it is connected already. */
  boolean connect(Selector selector, InetSocketAddress server) throws IOException {
    SocketChannel opened = SocketChannel.open();
    channel = opened;
    opened.configureBlocking(false);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean connected = opened.connect(server);
    hasBeenOpen |= connected;
    key =
        opened.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    return connected;
  }

  /** The server has accepted, or has not, which is thrown. */
  void finishConnect() throws IOException {
    requireChannel().finishConnect();
    hasBeenOpen = true;
    requireKey().interestOps(unsent == null ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
  }

  /** Sends a request, or the rest of it later; one that is not yet connected keeps a copy. */
  void send(ByteBuffer request) throws IOException {
    if (isOpen()) {
      requireChannel().write(request);
    }
    if (request.hasRemaining()) {
      unsent = ByteBuffer.allocate(request.remaining()).put(request).flip();
      requireKey().interestOps(isOpen() ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);
    }
  }

  /** The socket takes more. */
  void sendRest() throws IOException {
    ByteBuffer rest = unsent;
    if (rest != null) {
      requireChannel().write(rest);
    }
    if (rest == null || !rest.hasRemaining()) {
      unsent = null;
      requireKey().interestOps(SelectionKey.OP_READ);
    }
  }

  /** As {@link SocketChannel#read}. */
  int read(ByteBuffer to) throws IOException {
    return requireChannel().read(to);
  }

  void close() {
    SocketChannel open = channel;
    channel = null;
    key = null;
    unsent = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // nothing is lost: what was under way has been counted
      }
    }
  }

  private SocketChannel requireChannel() throws IOException {
    if (channel == null) {
      throw new IOException("closed");
    }
    return channel;
  }

  private SelectionKey requireKey() throws IOException {
    if (key == null) {
      throw new IOException("closed");
    }
    return key;
  }
}
