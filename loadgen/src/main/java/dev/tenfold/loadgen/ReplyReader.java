package dev.tenfold.loadgen;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one reply of HTTP/1.1 as it comes, in parts of any size: a body of known length, in chunks,
 * or up to the end of the connection. Keeps no body. Not thread-safe; allocates nothing after the
 * first replies.
 */
final class ReplyReader {
  private static final int STATUS_LINE = 0;
  private static final int HEADER = 1;
  private static final int BODY = 2;
  private static final int BODY_TO_END = 3;
  private static final int CHUNK_SIZE = 4;
  private static final int CHUNK = 5;
  private static final int CHUNK_END = 6;
  private static final int TRAILER = 7;
  private static final int DONE = 8;
  private static final int BROKEN = 9;

  private static final int LONGEST_LINE = 16 * 1024;
  private static final byte[] CONTENT_LENGTH = ascii("content-length:");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");
  private static final byte[] CONNECTION = ascii("connection:");
  private static final byte[] CACHE_STATUS = ascii("cache-status:");
  private static final byte[] CHUNKED = ascii("chunked");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] HIT = ascii("hit");

  private final BodyScan body = new BodyScan();
  private byte[] line = new byte[256];
  private int lineLength;
  private int state;
  private int status;
  private long left;
  private boolean chunked;
  private boolean close;
  private Cache cache = Cache.UNSAID;
  private boolean begun;

  /** What the reply says of a cache. */
  enum Cache {
    HIT,
    MISS,
    UNSAID
  }

  /** Begins the reply to a request whose calls have the identifiers from here on. */
  void begin(long firstId, int calls) {
    body.begin(firstId, calls);
    begun = false;
    beginHead();
  }

  private void beginHead() {
    state = STATUS_LINE;
    lineLength = 0;
    left = -1;
    chunked = false;
    close = false;
    cache = Cache.UNSAID;
  }

  /** Reads on. What follows after the reply breaks it: nothing else was asked. */
  void read(byte[] bytes, int from, int to) {
    begun |= from < to;
    int at = from;
    while (at < to && state != BROKEN) {
      at =
          switch (state) {
            case BODY, CHUNK -> inBody(bytes, at, to);
            case BODY_TO_END -> {
              body.read(bytes, at, to);
              yield to;
            }
            case DONE -> {
              state = BROKEN;
              yield to;
            }
            default -> inLine(bytes, at, to);
          };
    }
  }

  /** The server has closed the connection. True if that is how the reply was to end. */
  boolean endOfConnection() {
    if (state == BODY_TO_END) {
      state = DONE;
      close = true;
    }
    return state == DONE;
  }

  boolean isDone() {
    return state == DONE;
  }

  /** It is not HTTP/1.1, or more than was asked for. */
  boolean isBroken() {
    return state == BROKEN;
  }

  boolean hasBegun() {
    return begun;
  }

  int status() {
    return status;
  }

  /** The server closes the connection after this reply. */
  boolean isClosing() {
    return close;
  }

  Cache cache() {
    return cache;
  }

  BodyScan body() {
    return body;
  }

  private int inBody(byte[] bytes, int from, int to) {
    int end = (int) Math.min(to, from + left);
    body.read(bytes, from, end);
    left -= end - from;
    if (left == 0) {
      state = state == CHUNK ? CHUNK_END : DONE;
    }
    return end;
  }

  private int inLine(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != '\n') {
      end++;
    }
    if (lineLength == 0 && end < to) {
      line(bytes, from, withoutReturn(bytes, from, end));
      return end + 1;
    }
    keep(bytes, from, end);
    if (end < to && state != BROKEN) {
      int length = lineLength;
      lineLength = 0;
      line(line, 0, withoutReturn(line, 0, length));
    }
    return end + 1;
  }

  private void keep(byte[] bytes, int from, int to) {
    int length = lineLength + to - from;
    if (length > LONGEST_LINE) {
      state = BROKEN;
      return;
    }
    if (length > line.length) {
      line = Arrays.copyOf(line, Math.max(length, 2 * line.length));
    }
    System.arraycopy(bytes, from, line, lineLength, to - from);
    lineLength = length;
  }

  private static int withoutReturn(byte[] bytes, int from, int end) {
    return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
  }

  private void line(byte[] bytes, int from, int to) {
    switch (state) {
      case STATUS_LINE -> statusLine(bytes, from, to);
      case HEADER -> header(bytes, from, to);
      case CHUNK_SIZE -> chunkSize(bytes, from, to);
      case CHUNK_END -> state = from == to ? CHUNK_SIZE : BROKEN;
      default -> state = from == to ? DONE : TRAILER;
    }
  }

  private void statusLine(byte[] bytes, int from, int to) {
    boolean good =
        to - from >= 12 && bytes[from] == 'H' && bytes[from + 5] == '1' && bytes[from + 8] == ' ';
    status = good ? (int) number(bytes, from + 9, from + 12, 10) : -1;
    state = status < 100 ? BROKEN : HEADER;
    close = good && bytes[from + 7] == '0';
  }

  private void header(byte[] bytes, int from, int to) {
    if (from == to) {
      endOfHead();
      return;
    }
    switch (bytes[from] | 0x20) {
      case 'c' -> {
        if (isHeader(CONTENT_LENGTH, bytes, from, to)) {
          left = number(bytes, trim(bytes, from + CONTENT_LENGTH.length, to), to, 10);
          state = left < 0 ? BROKEN : state;
        } else if (isHeader(CONNECTION, bytes, from, to)) {
          close |= has(CLOSE, bytes, from, to);
        } else if (isHeader(CACHE_STATUS, bytes, from, to)) {
          cache = hasHit(bytes, from + CACHE_STATUS.length, to) ? Cache.HIT : Cache.MISS;
        }
      }
      case 't' -> {
        chunked |= isHeader(TRANSFER_ENCODING, bytes, from, to) && has(CHUNKED, bytes, from, to);
      }
      default -> {
        // the others make no difference
      }
    }
  }

  private void endOfHead() {
    if (status < 200) {
      beginHead(); // an interim reply; the final one follows
    } else if (chunked) {
      state = CHUNK_SIZE;
    } else if (left == 0 || status == 204 || status == 304) {
      state = DONE;
    } else {
      state = left > 0 ? BODY : BODY_TO_END;
    }
  }

  private void chunkSize(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != ';' && bytes[end] != ' ') {
      end++;
    }
    left = number(bytes, from, end, 16);
    state = left < 0 ? BROKEN : left == 0 ? TRAILER : CHUNK;
  }

  private static int trim(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** A number without sign; -1 for what is none, or has more than 15 digits. */
  private static long number(byte[] bytes, int from, int to, int radix) {
    long value = 0;
    if (from == to || to - from > 15) {
      return -1;
    }
    for (int at = from; at < to; at++) {
      int digit = Character.digit(bytes[at], radix);
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static boolean isHeader(byte[] name, byte[] bytes, int from, int to) {
    return to - from >= name.length && matches(name, bytes, from);
  }

  private static boolean has(byte[] word, byte[] bytes, int from, int to) {
    for (int at = from; at <= to - word.length; at++) {
      if (matches(word, bytes, at)) {
        return true;
      }
    }
    return false;
  }

  /** The parameter {@code hit} of any cache on the way (RFC 9211). */
  private static boolean hasHit(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == ';') {
        int word = trim(bytes, at + 1, to);
        int end = word + HIT.length;
        boolean whole = end == to || (end < to && (bytes[end] == ';' || bytes[end] == ','));
        if (whole && matches(HIT, bytes, word)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(byte[] lower, byte[] bytes, int from) {
    for (int i = 0; i < lower.length; i++) {
      int b = bytes[from + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lower[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
