package dev.tenfold.toolkit.httpclient;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body. Where its length is announced and at most 1 MiB, that is one array of the exact
 * size; beyond, and where it is not announced, memory grows with what has arrived, not with what is
 * promised.
 */
final class AnswerBody {
  private static final int TRUSTED_BYTES = 1 << 20;
  private static final int FIRST_BYTES = 4_096;

  private final long maxBytes;
  private final long announced;
  private byte[] bytes;
  private int size;

  AnswerBody(@Nullable String contentLength, long maxBytes) {
    this.maxBytes = maxBytes;
    this.announced = contentLength == null ? -1 : length(contentLength);
    boolean exact = announced >= 0 && announced <= Math.min(TRUSTED_BYTES, maxBytes);
    this.bytes = new byte[exact ? (int) announced : 0];
  }

  private static long length(String contentLength) {
    try {
      return Long.parseLong(contentLength);
    } catch (NumberFormatException e) {
      return -1; // The codec refuses such an answer by itself.
    }
  }

  boolean isTooLarge() {
    return announced > maxBytes;
  }

  /** False where that is more than may be. */
  boolean add(ByteBuf chunk) {
    int length = chunk.readableBytes();
    if (length > maxBytes - size) {
      return false;
    }
    if (length > bytes.length - size) {
      grow(size + length);
    }
    chunk.readBytes(bytes, size, length);
    size += length;
    return true;
  }

  private void grow(int needed) {
    long doubled = Math.max(FIRST_BYTES, 2L * bytes.length);
    long bound = announced > 0 ? announced : maxBytes;
    bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(doubled, bound)));
  }

  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
