package dev.tenfold.toolkit.httpclient;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A body with its content coding taken off: bytes go in as they arrive, and come out as they are
 * asked for, so what waits here is never larger than what arrived. On one event loop only.
 */
class BodySource {
  private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>(4);
  private long waiting;

  /** Takes the bytes over. */
  final void add(ByteBuf bytes) {
    waiting += bytes.readableBytes();
    arrived.addLast(bytes);
  }

  /** How many bytes wait here. */
  final long waiting() {
    return waiting;
  }

  /**
   * The next bytes, which the caller releases; null if there are none before more arrive.
   *
   * @throws io.netty.handler.codec.DecoderException if they are not coded as they should be
   */
  @Nullable ByteBuf next() {
    ByteBuf next = arrived.pollFirst();
    if (next != null) {
      waiting -= next.readableBytes();
    }
    return next;
  }

  /** Whether the body may end here: {@link #next} has nothing, and nothing more arrives. */
  boolean mayEnd() {
    return true;
  }

  /** Drops what waits here. */
  void close() {
    arrived.forEach(ByteBuf::release);
    arrived.clear();
    waiting = 0;
  }

  /** At most so many of the bytes that wait first; null if none do. */
  final @Nullable ByteBuf take(int most) {
    ByteBuf first = arrived.peekFirst();
    if (first == null) {
      return null;
    }
    if (first.readableBytes() <= most) {
      arrived.removeFirst();
      waiting -= first.readableBytes();
      return first;
    }
    waiting -= most;
    return first.readRetainedSlice(most);
  }
}
