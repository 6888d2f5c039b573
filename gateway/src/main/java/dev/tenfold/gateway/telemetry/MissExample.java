package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.rpc.RpcRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A call that was not answered from memory, as an operator may see it.
 *
 * @param at when it was counted
 * @param chain that it was sent to
 * @param method its name, shortened to {@value #LONGEST} characters
 * @param params its parameters, likewise; empty where they are not shown since they may hold what
 *     is secret: only methods that read the chain are known not to
 */
record MissExample(Instant at, String chain, String method, String params) {
  static final int LONGEST = 200;

  private static final int MOST_BYTES_A_CHARACTER = 4;

  static MissExample of(Instant at, String chain, RpcRequest request) {
    String params = readsTheChain(request) ? params(request) : "";
    return new MissExample(at, chain, shortened(request.method().name()), params);
  }

  private static boolean readsTheChain(RpcRequest request) {
    return switch (request.method().methodClass()) {
      case BLOCK, BLOCK_HASH, TRANSACTION, RANGE, HEAD -> true;
      case LOCAL, PASS, FILTER, SUBSCRIPTION, DENIED, UNKNOWN -> false;
    };
  }

  /** Of long parameters no more is copied than is shown. */
  private static String params(RpcRequest request) {
    int length = request.paramsTo() - request.paramsFrom();
    int enough = Math.min(length, MOST_BYTES_A_CHARACTER * (LONGEST + 1));
    return shortened(
        new String(request.json(), request.paramsFrom(), enough, StandardCharsets.UTF_8));
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, splits ? LONGEST - 1 : LONGEST) + "...";
  }
}
