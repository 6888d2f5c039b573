package dev.tenfold.toolkit.httpclient;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on plain sockets that does what the test says, right or wrong. */
final class RawServer implements AutoCloseable {
  /** What to do with one accepted connection; it is closed when this returns. */
  interface Behaviour {
    void serve(Peer peer) throws IOException, InterruptedException;
  }

  private final Listener listener;
  private final AtomicInteger requests = new AtomicInteger();

  RawServer(Behaviour behaviour) throws IOException {
    listener =
        new Listener(
            new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress()),
            (socket, number) -> behaviour.serve(new Peer(socket, number)));
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

  /** The same, but no request before the latch is open. */
  static RawServer answering(String answer, CountDownLatch go) throws IOException {
    return new RawServer(
        peer -> {
          while (peer.readRequest()) {
            go.await();
            peer.write(answer);
          }
        });
  }

  Target target() {
    return Target.parse("http://127.0.0.1:" + listener.port() + "/rpc?key=secret");
  }

  Origin origin() {
    return target().origin();
  }

  /** Connections accepted so far. */
  int accepted() {
    return listener.accepted();
  }

  /** Requests read so far. */
  int requests() {
    return requests.get();
  }

  int open() {
    return listener.open();
  }

  int mostOpen() {
    return listener.mostOpen();
  }

  @Override
  public void close() {
    listener.close();
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
