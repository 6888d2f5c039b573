package dev.tenfold.toolkit.httpclient;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server of HTTP/2 over TLS that sends and reads single frames, right or wrong. */
final class RawHttp2Server implements AutoCloseable {
  // Types, flags and errors of frames: RFC 9113, sections 6 and 7.
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int NO_ERROR = 0;
  static final int INTERNAL_ERROR = 2;
  static final int REFUSED_STREAM = 7;
  static final int CANCEL = 8;
  static final int MAX_CONCURRENT_STREAMS = 3;
  static final int MAX_FRAME_BYTES = 1 << 14;

  /** What to do with one connection; it is closed when this returns. */
  interface Behaviour {
    void serve(Peer peer) throws IOException, InterruptedException;
  }

  record Frame(int type, int flags, int stream, byte[] payload) {
    boolean isEnd() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    int number() {
      return ByteBuffer.wrap(payload).getInt();
    }
  }

  private final Listener listener;
  private final AtomicInteger requests = new AtomicInteger();

  RawHttp2Server(Behaviour behaviour) throws IOException {
    listener =
        new Listener(
            TlsKeys.serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 1_000, InetAddress.getLoopbackAddress()),
            (socket, number) -> serve((SSLSocket) socket, number, behaviour));
  }

  /** A server that answers each request with "ok" as soon as it is there. */
  static RawHttp2Server answering(int maxStreams) throws IOException {
    return new RawHttp2Server(
        peer -> {
          peer.settings(MAX_CONCURRENT_STREAMS, maxStreams);
          for (int stream = peer.request(); stream > 0; stream = peer.request()) {
            peer.answer(stream, "ok");
          }
        });
  }

  private void serve(SSLSocket socket, int number, Behaviour behaviour)
      throws IOException, InterruptedException {
    try {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.setTcpNoDelay(true);
      socket.startHandshake();
      behaviour.serve(new Peer(socket, number));
    } catch (EOFException | SocketException | SSLException e) {
      throw e; // the client closed it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Target target() {
    return Target.parse("https://127.0.0.1:" + listener.port() + "/rpc?key=secret");
  }

  HttpCall call() {
    return HttpCall.post(target(), Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
  }

  int accepted() {
    return listener.accepted();
  }

  int requests() {
    return requests.get();
  }

  int open() {
    return listener.open();
  }

  @Override
  public void close() {
    listener.close();
  }

  /** The server's side of one connection. One thread reads, any may write. */
  final class Peer {
    final int number;
    private final SSLSocket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

    /** The requests that came, by stream: what is in the head, and the bytes of the body so far. */
    final Map<Integer, Http2Headers> heads = new HashMap<>();

    final Map<Integer, Integer> bodyBytes = new HashMap<>();

    Peer(SSLSocket socket, int number) throws IOException {
      this.socket = socket;
      this.number = number;
      this.in = new DataInputStream(socket.getInputStream());
      byte[] preface = in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
      if (preface[0] != 'P') {
        throw new IOException("not the preface of HTTP/2");
      }
    }

    /** Null where the client has closed the connection. */
    @Nullable Frame read() throws IOException {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      int length = first << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      return new Frame(type, flags, stream, in.readNBytes(length));
    }

    /** The next frame of a request, or RST_STREAM; settings and pings are answered by the way. */
    @Nullable Frame next() throws IOException {
      for (Frame frame = read(); frame != null; frame = read()) {
        switch (frame.type()) {
          case SETTINGS, PING -> acknowledge(frame);
          case HEADERS -> {
            heads.put(frame.stream(), decoded(frame));
            return frame;
          }
          case DATA -> {
            bodyBytes.merge(frame.stream(), frame.payload().length, Integer::sum);
            return frame;
          }
          case RST_STREAM -> {
            return frame;
          }
          default -> {}
        }
      }
      return null;
    }

    private void acknowledge(Frame frame) throws IOException {
      if ((frame.flags() & ACK) == 0) {
        write(frame.type(), ACK, 0, frame.type() == PING ? frame.payload() : new byte[0]);
      }
    }

    private Http2Headers decoded(Frame frame) throws IOException {
      try {
        return decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
      } catch (Http2Exception e) {
        throw new IOException(e);
      }
    }

    /** The stream of the next request, once all of it is there; -1 if there will be none. */
    int request() throws IOException {
      for (Frame frame = next(); frame != null; frame = next()) {
        if (frame.isEnd()) {
          requests.incrementAndGet();
          return frame.stream();
        }
      }
      return -1;
    }

    void write(int type, int flags, int stream, byte[] payload) throws IOException {
      ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
      frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
      frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
      synchronized (this) {
        socket.getOutputStream().write(frame.array());
        socket.getOutputStream().flush();
      }
    }

    /** Settings with none or one in it. */
    void settings(int... nameAndValue) throws IOException {
      ByteBuffer payload = ByteBuffer.allocate(nameAndValue.length == 0 ? 0 : 6);
      if (nameAndValue.length > 0) {
        payload.putShort((short) nameAndValue[0]).putInt(nameAndValue[1]);
      }
      write(SETTINGS, 0, 0, payload.array());
    }

    /** The head of an answer, with names and values of headers. */
    void head(int stream, int status, boolean end, String... headers) throws IOException {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      literal(block, ":status", Integer.toString(status));
      for (int i = 0; i < headers.length; i += 2) {
        literal(block, headers[i], headers[i + 1]);
      }
      headers(stream, end, block.toByteArray());
    }

    /** A block of fields that may be longer than a frame. */
    private void headers(int stream, boolean end, byte[] block) throws IOException {
      int type = HEADERS;
      int flags = end ? END_STREAM : 0;
      int from = 0;
      while (block.length - from > MAX_FRAME_BYTES) {
        write(type, flags, stream, Arrays.copyOfRange(block, from, from + MAX_FRAME_BYTES));
        type = CONTINUATION;
        flags = 0;
        from += MAX_FRAME_BYTES;
      }
      write(type, flags | END_HEADERS, stream, Arrays.copyOfRange(block, from, block.length));
    }

    /** A field without an index (RFC 7541, section 6.2.2), shorter than 127 bytes. */
    private static void literal(ByteArrayOutputStream block, String name, String value) {
      block.write(0);
      for (String text : List.of(name, value)) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      }
    }

    void data(int stream, byte[] bytes, boolean end) throws IOException {
      write(DATA, end ? END_STREAM : 0, stream, bytes);
    }

    void answer(int stream, String body) throws IOException {
      head(stream, 200, false, "content-length", Integer.toString(body.length()));
      data(stream, body.getBytes(StandardCharsets.ISO_8859_1), true);
    }

    void reset(int stream, int error) throws IOException {
      write(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(error).array());
    }

    void goAway(int lastStream, int error) throws IOException {
      write(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(lastStream).putInt(error).array());
    }

    /** Waits until the client has read all that was written; returns what it wrote meanwhile. */
    List<Frame> ping() throws IOException {
      List<Frame> before = new ArrayList<>();
      write(PING, 0, 0, new byte[8]);
      for (Frame frame = read(); frame != null; frame = read()) {
        if (frame.type() == PING && (frame.flags() & ACK) != 0) {
          return before;
        }
        before.add(frame);
      }
      throw new EOFException();
    }

    void windowUpdate(int stream, int bytes) throws IOException {
      write(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    /** Answers nothing any more, until the client closes. */
    void awaitClose() throws IOException {
      while (read() != null) {
        Thread.onSpinWait();
      }
    }
  }
}
