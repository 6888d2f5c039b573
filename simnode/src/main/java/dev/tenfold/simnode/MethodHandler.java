package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers the calls of one method from one state of the chain. Thread-safe. */
@FunctionalInterface
interface MethodHandler {
  /**
   * The result, which may be JSON null.
   *
   * @throws RpcFailure where the answer is an error
   */
  JsonNode answer(ChainSnapshot chain, Params params);
}
