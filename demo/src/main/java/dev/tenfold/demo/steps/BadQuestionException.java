package dev.tenfold.demo.steps;

import java.io.IOException;

/** A question that cannot be answered, through the fault of the one who asked it. */
final class BadQuestionException extends IOException {
  private static final long serialVersionUID = 1L;

  BadQuestionException(String message) {
    super(message);
  }

  BadQuestionException(String message, Throwable cause) {
    super(message, cause);
  }
}
