package dev.tenfold.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a node, on loopback: answers {@code eth_getLogs} with 50 MB, and hands on all else.
 * It holds one log at a time. A thread and a connection to the node for each connection.
 */
final class LargeAnswerNode implements Closeable {
  private static final int LOGS = 50_000;
  private static final byte[] LOG =
      ascii("{\"address\":\"0x" + "0a".repeat(20) + "\",\"data\":\"0x" + "ab".repeat(458) + "\"}");
  private static final String METHOD = "\"eth_getLogs\"";
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
  private static final int BACKLOG = 256;

  private final ServerSocket listener =
      new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final InetSocketAddress node;

  private LargeAnswerNode(InetSocketAddress node) throws IOException {
    this.node = node;
  }

  static LargeAnswerNode before(URI node) throws IOException {
    LargeAnswerNode large = new LargeAnswerNode(Side.Server.address(node));
    Thread.ofVirtual().start(large::accept);
    return large;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many bytes the result of the large answer has. */
  static long resultBytes() {
    return (long) LOGS * (LOG.length + 1) + 1;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        sockets.add(caller);
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket caller) {
    try (caller;
        Socket asked = new Socket(node.getAddress(), node.getPort())) {
      sockets.add(asked);
      asked.setTcpNoDelay(true);
      caller.setTcpNoDelay(true);
      DataInputStream requests = buffered(caller);
      DataInputStream replies = buffered(asked);
      while (true) {
        byte[] request = HttpCall.message(requests);
        String text = new String(request, StandardCharsets.UTF_8);
        if (text.contains(METHOD)) {
          answer(text, caller.getOutputStream());
        } else {
          asked.getOutputStream().write(request);
          caller.getOutputStream().write(HttpCall.message(replies));
        }
      }
    } catch (IOException e) {
      sockets.remove(caller); // one of the two has closed
    }
  }

  private static DataInputStream buffered(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  private static void answer(String request, OutputStream caller) throws IOException {
    Matcher id = ID.matcher(request);
    if (!id.find()) {
      throw new IOException("a call without a number as id: " + request);
    }
    byte[] opening = ascii("{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + ",\"result\":");
    OutputStream out = new BufferedOutputStream(caller, 1 << 16);
    long length = opening.length + resultBytes() + 1;
    out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "));
    out.write(ascii(length + "\r\n\r\n"));
    out.write(opening);
    for (int log = 0; log < LOGS; log++) {
      out.write(log == 0 ? '[' : ',');
      out.write(LOG);
    }
    out.write(ascii("]}"));
    out.flush();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
