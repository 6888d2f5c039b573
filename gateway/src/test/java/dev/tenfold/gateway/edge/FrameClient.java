package dev.tenfold.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A client of HTTP/2 in clear text that says exactly the frames that it is told to say. */
final class FrameClient implements AutoCloseable {
  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RESET = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

  /** A frame as it came. */
  record Frame(int type, int flags, int stream, byte[] payload) {
    boolean isEnd() {
      return (flags & END_STREAM) != 0;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The error code of a RESET or GOAWAY. */
    int code() {
      return Unpooled.wrappedBuffer(payload).getInt(type == RESET ? 0 : 4);
    }
  }

  /** Connects, and says nothing. */
  FrameClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Connects, and begins as a client should: the preface and empty settings. */
  static FrameClient begun(int port) throws IOException {
    FrameClient client = new FrameClient(port);
    client.raw(PREFACE);
    return client.frame(SETTINGS, 0, 0, new byte[0]);
  }

  FrameClient raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  FrameClient frame(int type, int flags, int stream, byte[] payload) throws IOException {
    return raw(bytes(type, flags, stream, payload));
  }

  static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    ByteBuf frame = Unpooled.buffer(9 + payload.length);
    frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
    return frame.writeBytes(payload).array();
  }

  /** The head of a POST to the root, with more headers where given: names and values in turn. */
  FrameClient post(int stream, int flags, String... headers) throws Exception {
    Http2Headers head =
        new DefaultHttp2Headers(false)
            .method("POST")
            .scheme("http")
            .authority("localhost")
            .path("/");
    for (int i = 0; i < headers.length; i += 2) {
      head.add(headers[i], headers[i + 1]);
    }
    return head(stream, flags, head);
  }

  FrameClient head(int stream, int flags, Http2Headers head) throws Exception {
    ByteBuf block = Unpooled.buffer();
    encoder.encodeHeaders(stream, head, block);
    return frame(HEADERS, flags | END_HEADERS, stream, ByteBufUtil.getBytes(block));
  }

  FrameClient call(int stream, String body) throws Exception {
    return post(stream, 0).frame(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The next frame that the test waits for; others are read over. */
  Frame await(Predicate<Frame> wanted) throws IOException {
    for (Frame frame = next(); ; frame = next()) {
      if (wanted.test(frame)) {
        return frame;
      }
    }
  }

  Frame await(int type) throws IOException {
    return await(frame -> frame.type() == type);
  }

  String status(Frame headers) throws Exception {
    Http2Headers head = decoder.decodeHeaders(0, Unpooled.wrappedBuffer(headers.payload()));
    return String.valueOf(head.status());
  }

  private Frame next() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    Frame frame = new Frame(type, flags, stream, in.readNBytes(length));
    if (type == SETTINGS && flags != ACK) {
      frame(SETTINGS, ACK, 0, new byte[0]);
    }
    return frame;
  }

  /** True if the server closes the connection, whatever it says before. */
  boolean isClosedByServer() throws IOException {
    try {
      await(frame -> false);
      return false;
    } catch (EOFException | SocketException closed) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
