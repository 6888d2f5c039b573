package dev.tenfold.gateway.chain;

import io.vertx.core.Future;

/** A node, seen by the one who follows the head of the chain. */
public interface HeadSource {
  /** What to call it in logs and metrics; never its address. */
  String name();

  /**
   * Asks the node for its head, one small call at a time; a node that was thought dead is probed by
   * this. Never fails: a node that does not answer reports {@link HeadReport#NONE}.
   */
  Future<HeadReport> poll();
}
