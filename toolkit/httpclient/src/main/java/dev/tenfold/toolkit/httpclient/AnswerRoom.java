package dev.tenfold.toolkit.httpclient;

/**
 * The memory that bodies of answers may take together, asked by the pool before it holds more.
 * Thread-safe; called on event loops, so it must not block.
 *
 * <p>What is taken is given back exactly once: when the answer is told to its caller, who has to
 * count it from there on, or when the call ends without one. The first {@value #FREE_BYTES} bytes
 * of each answer are not counted, so that the usual answer costs nothing.
 */
public interface AnswerRoom {
  /** So many bytes of each answer are not counted. */
  long FREE_BYTES = 64 << 10;

  /** Room without end. */
  AnswerRoom UNBOUNDED =
      new AnswerRoom() {
        @Override
        public boolean take(long bytes) {
          return true;
        }

        @Override
        public void give(long bytes) {}
      };

  /** Takes so many bytes more; false if there is no room for them, and nothing was taken. */
  boolean take(long bytes);

  /** Gives so many bytes back. */
  void give(long bytes);
}
