package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.rpc.Snapshot;

/** What {@link HeadTracker} publishes. */
record HeadSnapshot(long head, long finalized, long generation) implements Snapshot {
  static final HeadSnapshot NOTHING = new HeadSnapshot(UNKNOWN, UNKNOWN, 0);

  HeadSnapshot withHead(long number) {
    return new HeadSnapshot(number, finalized, generation);
  }

  HeadSnapshot withFinalized(long number) {
    return new HeadSnapshot(head, number, generation);
  }
}
