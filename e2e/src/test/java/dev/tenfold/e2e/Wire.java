package dev.tenfold.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection that is written to byte by byte, and reads HTTP/1.1 responses to the letter. */
final class Wire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Socket socket;
  private final InputStream in;

  private Wire(int port) {
    try {
      this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
      this.socket.setTcpNoDelay(true);
      this.socket.setSoTimeout((int) PATIENCE.toMillis());
      this.in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Wire to(int port) {
    return new Wire(port);
  }

  /**
   * One response.
   *
   * @param headers by their names in lower case; equal ones joined by a comma
   */
  record Response(String version, int status, Map<String, String> headers, byte[] bytes) {
    String body() {
      return new String(bytes, UTF_8);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** A POST of these bytes, as plain as it can be. */
  static byte[] post(byte[] body, String... headers) {
    StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  static byte[] post(String body, String... headers) {
    return post(body.getBytes(UTF_8), headers);
  }

  /** Sends a body on a connection of its own, and returns what came back. */
  static Response exchange(int port, byte[] body) {
    try (Wire wire = to(port)) {
      return wire.send(post(body)).read();
    }
  }

  static Response exchange(int port, String body) {
    return exchange(port, body.getBytes(UTF_8));
  }

  Wire send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Wire send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  /** The next response; fails if the peer closes before it is whole. */
  Response read() {
    try {
      String[] status = line().split(" ", 3);
      Map<String, String> headers = new TreeMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
      }
      int code = Integer.parseInt(status[1]);
      return new Response(status[0], code, headers, body(code, headers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True if the peer closes without another byte; false if it sends one or stays silent. */
  boolean isClosedByPeer() {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // a reset is an end too
    }
  }

  private byte[] body(int status, Map<String, String> headers) throws IOException {
    if (status < 200 || status == 204 || status == 304) {
      return new byte[0];
    }
    if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      return chunks();
    }
    String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.writeBytes(exactly(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the peer closed after %d of %d bytes".formatted(bytes.length, length));
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the peer closed in a header: " + line.toString(ISO_8859_1));
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
