package dev.tenfold.toolkit.jsonrpc;

import dev.tenfold.toolkit.jsonrpc.ReplyScanner.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** The result of an answer, found in one go and found in pieces; empty where there is none. */
final class CutReply {
  private CutReply() {}

  /** The id that an answer has, or another where it has none. */
  static String id(byte[] answer, int maxDepth) {
    ReplyScanner scanner = new ReplyScanner(maxDepth);
    scanner.scan(answer, 0, answer.length);
    String id = text(Arrays.copyOfRange(answer, scanner.idFrom(), scanner.idTo()));
    return !id.isEmpty() && id.chars().allMatch(c -> c < 128) ? id : "1";
  }

  /** As {@link ReplyScanner} finds it. */
  static Optional<String> whole(byte[] answer, int maxDepth, String id) {
    ReplyScanner scanner = new ReplyScanner(maxDepth);
    boolean right =
        scanner.scan(answer, 0, answer.length) == Reply.RESULT
            && JsonSpans.equalsAscii(answer, scanner.idFrom(), scanner.idTo(), id);
    return right
        ? Optional.of(text(Arrays.copyOfRange(answer, scanner.resultFrom(), scanner.resultTo())))
        : Optional.empty();
  }

  /**
   * As {@link ReplyStream} finds it.
   *
   * @param pieceLength how long the piece is to be that begins at an index; 1 or more
   */
  static Optional<String> inPieces(
      byte[] answer, int maxDepth, String id, IntUnaryOperator pieceLength) {
    ReplyStream stream = new ReplyStream(maxDepth, id);
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    int at = 0;
    while (at < answer.length) {
      int to = Math.min(answer.length, at + pieceLength.applyAsInt(at));
      byte[] piece = Arrays.copyOfRange(answer, at, to);
      if (!stream.read(piece, 0, piece.length)) {
        return Optional.empty();
      }
      result.write(piece, stream.resultFrom(), stream.resultTo() - stream.resultFrom());
      at = to;
    }
    return stream.isWhole() ? Optional.of(text(result.toByteArray())) : Optional.empty();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
