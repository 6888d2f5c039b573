package dev.tenfold.toolkit.jsonrpc;

import java.util.EnumSet;
import java.util.Objects;

/**
 * Reads a node's answer that is too large to be held, in pieces cut anywhere, and tells which of
 * their bytes are the value of {@code result}. Strict RFC 8259 and strict UTF-8 are checked on the
 * way, as {@link ReplyScanner} does: an answer {@linkplain #isWhole is whole} at its end if it is
 * one of which the scanner says {@link ReplyScanner.Reply#RESULT}, and its {@code id} is the right
 * one, byte for byte.
 *
 * <p>What cannot become such an answer any more is found out by the piece that shows it: it is not
 * JSON, or {@code id}, {@code result} or {@code error} is there twice, or there is an error that is
 * not null, or another {@code id}. An {@code id} that comes behind the result is seen only then.
 *
 * <p>Takes time in proportion to the bytes, and memory for one bit a level. Not thread-safe; one
 * for each answer.
 */
public final class ReplyStream {
  private final Members members;

  /**
   * A reader of one answer.
   *
   * @param maxDepth how many objects and arrays may be open at once, that of the answer included; 1
   *     or more
   * @param id the right one as it is written, in ASCII
   */
  public ReplyStream(int maxDepth, String id) {
    this.members = new Members(maxDepth, id);
  }

  /**
   * Reads the next piece: the bytes from {@code from} to before {@code to}.
   *
   * @return false if the answer cannot become a right one any more; what follows is ignored
   */
  public boolean read(byte[] piece, int from, int to) {
    Objects.checkFromToIndex(from, to, piece.length);
    return members.read(piece, from, to);
  }

  /** Where the bytes of the last piece begin that belong to the result; an empty span for none. */
  public int resultFrom() {
    return members.resultFrom;
  }

  /** Where the bytes of the last piece end that belong to the result. */
  public int resultTo() {
    return members.resultTo;
  }

  /** Whether the result has begun. */
  public boolean hasResult() {
    return members.seen(Member.RESULT);
  }

  /** Whether the answer is wrong because it has another {@code id}. */
  public boolean isOfAnotherCall() {
    return members.otherId;
  }

  /** Whether the answer is wrong because it has an {@code error} that is not null. */
  public boolean isError() {
    return members.error;
  }

  /** Whether it was a right answer, and all of it was read. */
  public boolean isWhole() {
    return members.isDone() && members.seen(Member.RESULT) && members.seen(Member.ID);
  }

  private enum Member {
    ID,
    RESULT,
    ERROR,
    OTHER
  }

  /** Finds the members that matter. */
  private static final class Members extends JsonPushParser {
    /** {@code result} with each letter as an escape. */
    private static final int LONGEST_NAME = 36;

    private final Text name = new Text(LONGEST_NAME);
    private final Text id;
    private final String rightId;
    private final EnumSet<Member> seen = EnumSet.noneOf(Member.class);
    private Member current = Member.OTHER;
    private boolean otherId;
    private boolean error;
    private int idFrom;
    private int resultFrom;
    private int resultTo;

    Members(int maxDepth, String rightId) {
      super(maxDepth);
      this.rightId = rightId;
      this.id = new Text(rightId.length());
    }

    boolean seen(Member member) {
      return seen.contains(member);
    }

    boolean read(byte[] piece, int from, int to) {
      idFrom = from;
      resultFrom = current == Member.RESULT ? from : to;
      resultTo = to;
      boolean right = push(piece, from, to);
      if (current == Member.ID) {
        id.add(piece, idFrom, to);
      }
      return right;
    }

    @Override
    void named(byte[] piece, int from, int to) {
      name.add(piece, from, to);
    }

    @Override
    boolean began(byte first, int at) {
      current = member();
      name.clear();
      boolean twice = !seen.add(current) && current != Member.OTHER;
      switch (current) {
        case ID -> idFrom = at;
        case RESULT -> resultFrom = at;
        case ERROR, OTHER -> {}
      }
      error = !twice && current == Member.ERROR && first != 'n';
      return !twice && !error;
    }

    @Override
    boolean ended(byte[] piece, int at) {
      Member ended = current;
      current = Member.OTHER;
      if (ended == Member.RESULT) {
        resultTo = at;
      } else if (ended == Member.ID) {
        id.add(piece, idFrom, at);
        otherId = !id.is(rightId);
      }
      return !otherId;
    }

    private Member member() {
      if (name.means("result")) {
        return Member.RESULT;
      }
      if (name.means("id")) {
        return Member.ID;
      }
      return name.means("error") ? Member.ERROR : Member.OTHER;
    }
  }

  /** A few bytes that come in pieces; one that is too long is none that matters. */
  private static final class Text {
    private final byte[] bytes;
    private int length;

    Text(int longest) {
      bytes = new byte[longest + 1];
    }

    void clear() {
      length = 0;
    }

    void add(byte[] piece, int from, int to) {
      int taken = Math.min(to - from, bytes.length - length);
      System.arraycopy(piece, from, bytes, length, taken);
      length += taken;
    }

    boolean is(String ascii) {
      return JsonSpans.equalsAscii(bytes, 0, length, ascii);
    }

    /** Whether this is the inside of a JSON string, and the string is this name. */
    boolean means(String name) {
      if (length == bytes.length) {
        return false;
      }
      bytes[length] = '"';
      return JsonText.equals(bytes, 0, length, true, name);
    }
  }
}
