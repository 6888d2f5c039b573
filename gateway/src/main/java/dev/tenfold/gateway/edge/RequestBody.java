package dev.tenfold.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/** Collects the chunks of a body. The usual body is one chunk, and is not copied. */
final class RequestBody {
  private static final byte[] NOTHING = new byte[0];

  private final int limit;
  private @Nullable Buffer only;
  private byte[] joined = NOTHING;
  private int length;

  RequestBody(int limit) {
    this.limit = limit;
  }

  /** False if the body is larger than it may be; nothing of it is kept then. */
  boolean add(Buffer chunk) {
    if (chunk.length() > limit - length) {
      only = null;
      joined = NOTHING;
      return false;
    }
    if (length == 0) {
      only = chunk;
    } else {
      join(chunk);
    }
    length += chunk.length();
    return true;
  }

  private void join(Buffer chunk) {
    Buffer first = only;
    if (first != null) {
      joined = new byte[Math.min(limit, Math.max(8192, 2 * (length + chunk.length())))];
      first.getBytes(joined, 0);
      only = null;
    } else if (joined.length - length < chunk.length()) {
      byte[] larger = new byte[Math.min(limit, 2 * (length + chunk.length()))];
      System.arraycopy(joined, 0, larger, 0, length);
      joined = larger;
    }
    chunk.getBytes(joined, length);
  }

  /** Hands the whole to the reader. */
  void read(Reader reader) {
    Buffer first = only;
    if (first == null) {
      reader.read(joined, 0, length);
      return;
    }
    ByteBuf bytes = ((BufferInternal) first).getByteBuf();
    if (bytes.hasArray()) {
      int from = bytes.arrayOffset() + bytes.readerIndex();
      reader.read(bytes.array(), from, from + length);
    } else {
      reader.read(first.getBytes(), 0, length);
    }
  }

  /** Who reads the body: the bytes from {@code from} to {@code to}, exclusive. */
  @FunctionalInterface
  interface Reader {
    void read(byte[] bytes, int from, int to);
  }
}
