package dev.tenfold.gateway.admin;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as a blocking stream: what was not read yet stays with the client. Made on
 * the event loop of the request, read by one other thread.
 *
 * <p>A read ends with an {@link IOException} when the client hangs up or sends nothing for 30 s,
 * and with a {@link Problem} when the body is larger than it may be.
 */
final class BodyStream extends InputStream {
  private static final long PATIENCE_SECONDS = 30;
  private static final Buffer END = Buffer.buffer();

  private final BlockingQueue<Buffer> arrived = new LinkedBlockingQueue<>();
  private final Context loop;
  private final HttpServerRequest http;
  private final long mostBytes;
  private volatile @Nullable Throwable broken;
  private long bytes;
  private @Nullable Buffer current;
  private int at;

  BodyStream(Context loop, HttpServerRequest http, long mostBytes) {
    this.loop = loop;
    this.http = http;
    this.mostBytes = mostBytes;
    http.pause();
    http.handler(arrived::add);
    http.endHandler(end -> arrived.add(END));
    http.exceptionHandler(this::broken);
  }

  private void broken(Throwable cause) {
    broken = cause;
    arrived.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    Buffer buffer = current();
    if (buffer.length() == 0) {
      return -1;
    }
    int count = Math.min(length, buffer.length() - at);
    buffer.getBytes(at, at + count, into, offset);
    at += count;
    return count;
  }

  private Buffer current() throws IOException {
    Buffer buffer = current;
    if (buffer == null || (at == buffer.length() && buffer.length() > 0)) {
      buffer = next();
      bytes += buffer.length();
      current = buffer;
      at = 0;
    }
    if (bytes > mostBytes) {
      throw Problem.of(413, "the body is larger than " + mostBytes + " bytes");
    }
    return buffer;
  }

  private Buffer next() throws IOException {
    loop.runOnContext(turn -> http.fetch(1));
    try {
      Buffer next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new IOException("the body does not arrive");
      }
      Throwable cause = broken;
      if (cause != null) {
        throw new IOException("the client hung up", cause);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
