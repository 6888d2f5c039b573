package dev.tenfold.toolkit.httpclient;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a body. Where its length is announced and at most 1 MiB, that is one array of the exact
 * size; beyond, and where it is not announced, memory grows with what has arrived, not with what is
 * promised.
 */
final class AnswerBody {
  private static final int TRUSTED_BYTES = 1 << 20;
  private static final int FIRST_BYTES = 4_096;

  private final long announced;
  private final long most;
  private final RoomShare share;
  private byte[] bytes = {};
  private int size;

  /**
   * A body without a byte yet.
   *
   * @param announced its length, or -1
   * @param most about so many bytes are collected at the most
   */
  AnswerBody(long announced, long most, AnswerRoom room) {
    this.announced = announced;
    this.most = most;
    this.share = new RoomShare(room);
  }

  int size() {
    return size;
  }

  /** False where there is no room for that. */
  boolean add(ByteBuf chunk) {
    int length = chunk.readableBytes();
    if (length > bytes.length - size && !grow(size + length)) {
      return false;
    }
    chunk.readBytes(bytes, size, length);
    size += length;
    return true;
  }

  private boolean grow(int needed) {
    boolean trusted = announced >= needed && announced <= Math.min(most, TRUSTED_BYTES);
    long doubled = Math.max(FIRST_BYTES, 2L * bytes.length);
    long bound = announced > 0 ? Math.min(announced, most) : most;
    long length = trusted ? announced : Math.max(needed, Math.min(doubled, bound));
    if (!share.hold(length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, (int) length);
    return true;
  }

  /** What was collected, which is the caller's from here on. */
  byte[] take() {
    byte[] taken = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    release();
    return taken;
  }

  /** Lets go of everything. */
  void release() {
    bytes = new byte[0];
    size = 0;
    share.release();
  }
}
