package dev.tenfold.cli;

/** A command that did not succeed, for a reason that one line tells. */
final class Failed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failed(String message) {
    super(message);
  }
}
