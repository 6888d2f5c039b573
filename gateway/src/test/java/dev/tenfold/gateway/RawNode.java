package dev.tenfold.gateway;

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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node on a bare socket, so that a test has each byte in its hand. It is a well node of chain 1
 * at block 100, and answers {@code eth_getLogs} as the test says.
 */
public final class RawNode implements AutoCloseable {
  private static final Pattern CALL = Pattern.compile("\"id\":(\\d+),\"method\":\"([A-Za-z_]+)\"");
  private static final Map<String, String> WELL =
      Map.of(
          "eth_chainId", "\"0x1\"",
          "net_version", "\"1\"",
          "web3_clientVersion", "\"Raw/1.0\"",
          "eth_blockNumber", "\"0x64\"",
          "eth_getBlockByNumber", "null");

  private final ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Script script;

  /** How often {@code eth_getLogs} was asked. */
  public final AtomicInteger asked = new AtomicInteger();

  /** Connections on which {@code eth_getLogs} is being answered. */
  public final AtomicInteger answering = new AtomicInteger();

  /** The bytes of answers to {@code eth_getLogs} that the system took from this node. */
  public final AtomicLong written = new AtomicLong();

  /** Answers {@code eth_getLogs}. */
  @FunctionalInterface
  public interface Script {
    void answer(Peer peer) throws IOException;
  }

  public RawNode(Script script) throws IOException {
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String body = request(in);
      while (!body.isEmpty()) {
        answer(socket, body);
        body = request(in);
      }
    } catch (IOException e) {
      sockets.remove(socket); // The gateway closed it, which some tests are about.
    }
  }

  private void answer(Socket socket, String body) throws IOException {
    Matcher call = CALL.matcher(body);
    if (!call.find()) {
      throw new IOException("not a call: " + body);
    }
    Peer peer = new Peer(socket, call.group(1));
    String well = WELL.get(call.group(2));
    if (well != null) {
      String answer = peer.opening() + well + "}";
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n";
      socket.getOutputStream().write((head + answer).getBytes(StandardCharsets.US_ASCII));
      return;
    }
    if (!call.group(2).equals("eth_getLogs")) {
      throw new IOException("not of this script: " + body);
    }
    asked.incrementAndGet();
    answering.incrementAndGet();
    try {
      script.answer(peer);
    } finally {
      answering.decrementAndGet();
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    for (String line : head.toString(StandardCharsets.US_ASCII).split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
        int length = Integer.parseInt(line.substring("content-length: ".length()));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
      }
    }
    return "";
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

  /** The node's side of one call. */
  public final class Peer {
    private final OutputStream out;
    public final String id;

    Peer(Socket socket, String id) throws IOException {
      this.out = socket.getOutputStream();
      this.id = id;
    }

    public void write(byte[] bytes) throws IOException {
      out.write(bytes);
      written.addAndGet(bytes.length);
    }

    public void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What stands before the value of the result. */
    public String opening() {
      return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":";
    }

    public void head(long length, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      write(head.append("Content-Length: ").append(length).append("\r\n\r\n").toString());
    }

    /** An answer in one piece. */
    public void whole(byte[] body, String... headers) throws IOException {
      head(body.length, headers);
      write(body);
    }

    /** The right answer of so many logs. */
    public void logs(int count) throws IOException {
      head(opening().length() + Logs.length(count) + 1);
      write(opening());
      Logs.write(count, this::write);
      write("}");
    }
  }
}
