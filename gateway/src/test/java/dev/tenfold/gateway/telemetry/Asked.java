package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcRequest;
import java.nio.charset.StandardCharsets;

/** Calls as the edge would read them. */
final class Asked {
  private Asked() {}

  static RpcRequest call(String method, String params) {
    byte[] json = params.getBytes(StandardCharsets.UTF_8);
    return new RpcRequest(
        Methods.named(method), json, 0, json.length, new Belief(100, 50, 0), new Caller(), 0);
  }
}
