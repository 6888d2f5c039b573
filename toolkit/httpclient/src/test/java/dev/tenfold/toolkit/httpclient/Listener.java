package dev.tenfold.toolkit.httpclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts connections, has each served on a thread of its own, counts them, and closes them all.
 */
final class Listener implements AutoCloseable {
  /** What to do with an accepted connection; it is closed when this returns. */
  interface Service {
    /**
     * Serves it.
     *
     * @param number of the connection, from 1
     * @throws IOException if the client closed it, which some tests are about
     */
    void serve(Socket socket, int number) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final Service service;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  Listener(ServerSocket socket, Service service) {
    this.socket = socket;
    this.service = service;
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        accepted.add(connection);
        int number = count.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection, number));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection, int number) {
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    try (connection) {
      service.serve(connection, number);
    } catch (IOException e) {
      accepted.remove(connection);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Connections accepted so far. */
  int accepted() {
    return count.get();
  }

  int open() {
    return open.get();
  }

  int mostOpen() {
    return mostOpen.get();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : accepted) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
