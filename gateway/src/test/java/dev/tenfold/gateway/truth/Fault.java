package dev.tenfold.gateway.truth;

import dev.tenfold.gateway.truth.Query.Kind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What can be wrong with a cache near the head; each is planted to see whether the test shows it.
 */
public enum Fault {
  /** Nothing is wrong. */
  NONE,
  /** What is kept is given without a look at the chain. */
  NO_CHECK_ON_READ,
  /** What was orphaned is good again once its number is final. */
  ORPHAN_COMES_BACK_TO_LIFE,
  /** The key of a call has no brackets: one or two topics at a place are the same. */
  KEY_DROPS_BRACKETS,
  /** An answer is good as long as the chain has any block at its number. */
  ENTRY_BY_NUMBER_ONLY,
  /**
   * What was under way during a reorganisation is kept. It shows where the block of an answer is
   * looked up after it: the trace of a transaction that is in another block by then.
   */
  FLIGHT_KEPT_ACROSS_A_REORG;

  /** The calls that are asked to find it. */
  Set<Kind> showsIn() {
    return switch (this) {
      case ORPHAN_COMES_BACK_TO_LIFE -> EnumSet.of(Kind.PINNED);
      case FLIGHT_KEPT_ACROSS_A_REORG -> EnumSet.of(Kind.TRANSACTION);
      default -> EnumSet.allOf(Kind.class);
    };
  }
}
