package dev.tenfold.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How a reply is told to be right and whole. */
interface ReplyCheck {
  /** The reply can't be the right one. */
  int WRONG = -1;

  /**
   * How many bytes are missing, of those that can be told by now: 0 for a whole reply.
   *
   * @param reply what has arrived, from its start to the position
   * @param before how much of it was looked at already
   */
  int missing(ByteBuffer reply, int before);

  /** Byte for byte. */
  static ReplyCheck exactly(byte[] expected) {
    ByteBuffer whole = ByteBuffer.allocateDirect(expected.length).put(expected).flip();
    return (reply, before) -> {
      int length = reply.position() - before;
      boolean same =
          reply.position() <= whole.limit()
              && reply.slice(before, length).equals(whole.slice(before, length));
      return same ? whole.limit() - reply.position() : WRONG;
    };
  }

  /** A 200 whose body, as long as Content-Length says, begins like this. */
  static ReplyCheck ok(String bodyStart) {
    return new OkCheck(bodyStart.getBytes(StandardCharsets.UTF_8));
  }
}
