package dev.tenfold.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request in bytes and the reply that a server gave to it, in bytes.
 *
 * @param request head and body
 * @param reply head and body
 * @param bodyFrom where the body of the reply begins
 */
record HttpCall(byte[] request, byte[] reply, int bodyFrom) {
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
  private static final int MAX_HEAD = 8192;
  private static final int PATIENCE_MILLIS = 10_000;

  /** The bytes of a POST of JSON. */
  static byte[] post(InetSocketAddress server, String json) {
    return post(server, "/", json);
  }

  /** The same to a path. */
  static byte[] post(InetSocketAddress server, String path, String json) {
    return String.format(
            Locale.ROOT,
            "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
                + "Content-Length: %d\r\n\r\n%s",
            path,
            server.getPort(),
            json.length(),
            json)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends a request over a connection of its own. */
  static HttpCall send(InetSocketAddress server, byte[] request) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] head = head(in);
      return new HttpCall(request, withBody(head, in), head.length);
    }
  }

  /** One message, request or reply, head and body; it must have a Content-Length. */
  static byte[] message(DataInputStream in) throws IOException {
    return withBody(head(in), in);
  }

  private static byte[] withBody(byte[] head, DataInputStream in) throws IOException {
    int length = contentLength(new String(head, StandardCharsets.US_ASCII));
    byte[] message = Arrays.copyOf(head, head.length + length);
    in.readFully(message, head.length, length);
    return message;
  }

  static int contentLength(String head) {
    Matcher length = LENGTH.matcher(head);
    if (!length.find()) {
      throw new IllegalArgumentException("a reply without Content-Length: " + head);
    }
    return Integer.parseInt(length.group(1));
  }

  private static byte[] head(DataInputStream in) throws IOException {
    byte[] head = new byte[MAX_HEAD];
    int length = 0;
    int lineFeeds = 0;
    while (lineFeeds < 2) {
      head[length] = in.readByte();
      lineFeeds = head[length] == '\n' ? lineFeeds + 1 : head[length] == '\r' ? lineFeeds : 0;
      length++;
    }
    return Arrays.copyOf(head, length);
  }

  int bodyLength() {
    return reply.length - bodyFrom;
  }

  String head() {
    return new String(reply, 0, bodyFrom, StandardCharsets.US_ASCII);
  }

  String body() {
    return new String(reply, bodyFrom, bodyLength(), StandardCharsets.UTF_8);
  }

  boolean isOk() {
    return head().startsWith("HTTP/1.1 200 ");
  }
}
