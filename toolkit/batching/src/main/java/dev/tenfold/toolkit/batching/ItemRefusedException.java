package dev.tenfold.toolkit.batching;

/** A {@link BatchWriter} did not take an item. It was not written, and will not be. */
public final class ItemRefusedException extends RuntimeException {

  /** Why an item was refused. */
  public enum Reason {
    /** There was no room for it in time. Later there may be. */
    FULL,
    /** The writer is closed, or has begun to. It never takes an item again. */
    CLOSED
  }

  private final Reason reason;

  ItemRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it was refused. */
  public Reason reason() {
    return reason;
  }
}
