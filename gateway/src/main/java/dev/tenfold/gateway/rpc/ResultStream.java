package dev.tenfold.gateway.rpc;

import io.vertx.core.Future;

/**
 * The value of a {@code result} that is too large to be held, as it comes from the node. Nothing is
 * read from the node but what is asked for here.
 *
 * <p>It has one owner, who reads it to its end or cancels it; else the node's connection is never
 * free again. Used on the event loop that made the call.
 */
public interface ResultStream {

  /** What comes next. */
  sealed interface Part {
    /**
     * Some bytes of the value, at least one, at most 64 KiB and a little; nobody else writes them.
     */
    record Piece(byte[] json, int from, int to) implements Part {
      public int length() {
        return to - from;
      }
    }

    /** The value is whole, and so was the answer that it came in: what came was right. */
    record Whole() implements Part {}

    /** It broke: what came before is not the beginning of anything right. */
    record Broken(Failure failure) implements Part {}
  }

  /**
   * Asks for the next part; not again before it has come, nor after one that is no {@link
   * Part.Piece}. Never fails; completes on the event loop that made the call. How long a node is
   * waited for is the time of one attempt, anew for each part.
   */
  Future<Part> next();

  /** How many bytes it holds now. */
  int heldBytes();

  /** Nobody wants the rest: the node's connection is closed. Does nothing once it has ended. */
  void cancel();
}
