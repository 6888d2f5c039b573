package dev.tenfold.toolkit.httpclient;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on plain sockets that does what the test says, right or wrong. */
final class RawServer implements AutoCloseable {
  /** What to do with one accepted connection; it is closed when this returns. */
  interface Behaviour {
    void serve(Peer peer) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Behaviour behaviour;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  RawServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.listener = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** A server that answers each request as given, as long as the connection lives. */
  static RawServer answering(String answer) throws IOException {
    return new RawServer(
        peer -> {
          while (peer.readRequest()) {
            peer.write(answer);
          }
        });
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        Peer peer = new Peer(socket, accepted.incrementAndGet());
        Thread.ofVirtual().start(() -> serve(peer));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Peer peer) {
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    try (peer.socket) {
      behaviour.serve(peer);
    } catch (IOException e) {
      // The client closed it, which some tests are about.
      sockets.remove(peer.socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  Target target() {
    return Target.parse("http://127.0.0.1:" + listener.getLocalPort() + "/rpc?key=secret");
  }

  Origin origin() {
    return target().origin();
  }

  /** Connections accepted so far. */
  int accepted() {
    return accepted.get();
  }

  /** Requests read so far. */
  int requests() {
    return requests.get();
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
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's side of one connection. */
  final class Peer {
    final Socket socket;
    final int number;
    private final InputStream in;
    private String head = "";
    private String body = "";

    Peer(Socket socket, int number) throws IOException {
      this.socket = socket;
      this.number = number;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** False where the client closed the connection before the next request. */
    boolean readRequest() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return false;
        }
        bytes.write(next);
      }
      head = bytes.toString(StandardCharsets.ISO_8859_1);
      body = new String(in.readNBytes(contentLength()), StandardCharsets.UTF_8);
      requests.incrementAndGet();
      return true;
    }

    private int contentLength() {
      for (String line : head.split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
          return Integer.parseInt(line.substring("content-length: ".length()));
        }
      }
      return 0;
    }

    String head() {
      return head;
    }

    String body() {
      return body;
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Blocks until the client closes; what else it sends is dropped. */
    void awaitClose() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
