package dev.tenfold.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/** One call on a connection of its own, whose reply is read as slowly as a test wants. */
public final class Download implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int SMALL_WINDOW = 512 << 10;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final CRC32 sum = new CRC32();
  private long length;
  private int status;

  /** Asks, and reads nothing yet. */
  public Download(int port, String version, String body) throws IOException {
    socket.setReceiveBufferSize(SMALL_WINDOW);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    String request =
        "POST / HTTP/%s\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(version, body.length(), body);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  public static Download of(Gateway gateway, String body) throws IOException {
    return new Download(gateway.port(), "1.1", body);
  }

  /** Reads the head of the reply. */
  public Download head() throws IOException {
    status = Integer.parseInt(line().split(" ", 3)[1]);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return this;
  }

  public int status() {
    return status;
  }

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Reads a whole body of any framing; fails if the connection ends before it does. */
  public Download all() throws IOException {
    if (headers.containsKey("content-length")) {
      take(Integer.parseInt(header("content-length")));
    } else if (header("transfer-encoding").equals("chunked")) {
      chunks();
    } else {
      for (int next = in.read(); next >= 0; next = in.read()) {
        sum.update(next);
        length++;
      }
    }
    return this;
  }

  private void chunks() throws IOException {
    int size = Integer.parseInt(line(), 16);
    while (size > 0) {
      take(size);
      line();
      size = Integer.parseInt(line(), 16);
    }
    line();
  }

  private void take(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the reply was cut off");
    }
    sum.update(bytes);
    length += count;
  }

  /** The body as text, for one of a known length. */
  public String text() throws IOException {
    return new String(
        in.readNBytes(Integer.parseInt(header("content-length"))), StandardCharsets.UTF_8);
  }

  public long length() {
    return length;
  }

  /** A checksum over the body. */
  public long sum() {
    return sum.getValue();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
