package dev.tenfold.demo.steps;

import java.io.IOException;

/** JSON in and out. */
interface Format {
  /**
   * Reads a question.
   *
   * @throws BadQuestionException if it is none
   */
  Question question(byte[] json) throws IOException;

  /** Writes the call to the node that a question needs. */
  byte[] call(Lookup lookup, String subject) throws IOException;

  /**
   * Reads what the node said.
   *
   * @throws IOException if it is not what was asked for
   */
  Facts facts(Lookup lookup, byte[] json) throws IOException;

  /** Writes the answer. */
  byte[] answer(Question question, User user, Facts facts) throws IOException;
}
