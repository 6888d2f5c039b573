package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;

/** A chain that stands still: what a node answers if the head is one certain block. */
@FunctionalInterface
public interface SimView {
  /**
   * The result of a call.
   *
   * @throws RpcFailure where a node would answer with an error
   */
  JsonNode call(String method, JsonNode params);
}
