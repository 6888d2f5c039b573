package dev.tenfold.loadgen;

/** A text that is no mix. The message is one line with the name of the file, line and rule. */
public final class MixException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MixException(String message) {
    super(message);
  }
}
