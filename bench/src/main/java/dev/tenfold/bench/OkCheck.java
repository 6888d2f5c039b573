package dev.tenfold.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A 200 with a Content-Length, the beginning of whose body is known, or all of it. */
final class OkCheck implements ReplyCheck {
  private static final byte[] STATUS = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LOWER_CASE = 0x20;

  private final ByteBuffer bodyStart;

  OkCheck(byte[] bodyStart) {
    this.bodyStart = Schedule.direct(bodyStart);
  }

  @Override
  public int missing(ByteBuffer reply, int before) {
    int headEnd = find(reply, HEAD_END, 0, reply.position());
    if (headEnd < 0) {
      return 1;
    }
    int body = headEnd + HEAD_END.length;
    int field = find(reply, LENGTH, 0, headEnd);
    if (field < 0 || !startsWith(reply, STATUS, 0)) {
      return WRONG;
    }
    int missing = body + number(reply, field + LENGTH.length) - reply.position();
    return missing == 0 && !isRight(reply, body) ? WRONG : missing;
  }

  private boolean isRight(ByteBuffer reply, int body) {
    int length = bodyStart.limit();
    return body + length <= reply.position() && reply.slice(body, length).equals(bodyStart);
  }

  private static int find(ByteBuffer bytes, byte[] word, int from, int to) {
    for (int at = from; at <= to - word.length; at++) {
      if (startsWith(bytes, word, at)) {
        return at;
      }
    }
    return -1;
  }

  /** Letters are equal whatever their case. */
  private static boolean startsWith(ByteBuffer bytes, byte[] word, int at) {
    for (int i = 0; i < word.length; i++) {
      byte seen = bytes.get(at + i);
      if (seen != word[i] && (seen | LOWER_CASE) != (word[i] | LOWER_CASE)) {
        return false;
      }
    }
    return true;
  }

  private static int number(ByteBuffer bytes, int from) {
    int at = from;
    while (bytes.get(at) == ' ') {
      at++;
    }
    int value = 0;
    for (; bytes.get(at) >= '0' && bytes.get(at) <= '9'; at++) {
      value = value * 10 + bytes.get(at) - '0';
    }
    return value;
  }
}
