package dev.tenfold.loadgen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server on loopback that does with each request what it is told. */
final class ScriptedServer implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
  private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

  private final ServerSocket socket;
  private final Script script;
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

  /** What is written for a body; empty closes the connection instead. */
  interface Script {
    String answer(String body, int count) throws InterruptedException;
  }

  ScriptedServer(Script script) throws IOException {
    this.script = script;
    socket = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers all calls well. */
  static ScriptedServer good() throws IOException {
    return new ScriptedServer((body, count) -> http(result(body)));
  }

  static String http(String body) {
    return http("200 OK", "", body);
  }

  static String http(String status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** A good reply to a single call or a batch. */
  static String result(String body) {
    String replies =
        String.join(
            ",",
            ids(body).stream()
                .map(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"0x1\"}")
                .toList());
    return body.startsWith("[") ? "[" + replies + "]" : replies;
  }

  static List<String> ids(String body) {
    return ID.matcher(body).results().map(id -> id.group(1)).toList();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** The bodies that came, in order. */
  List<String> bodies() {
    return List.copyOf(bodies);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      for (String body = body(in); body != null; body = body(in)) {
        bodies.add(body);
        String answer = script.answer(body, bodies.size());
        if (answer.isEmpty()) {
          return;
        }
        out.write(answer.getBytes(ISO_8859_1));
        if (answer.contains("Connection: close")) {
          return;
        }
      }
    } catch (IOException _) {
      // the client is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable String body(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        return null;
      }
      head.append((char) read);
    }
    Matcher length = LENGTH.matcher(head);
    if (!length.find()) {
      throw new IOException("no length: " + head);
    }
    return new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : List.copyOf(open)) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
