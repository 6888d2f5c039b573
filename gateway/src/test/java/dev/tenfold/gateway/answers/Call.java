package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import java.nio.charset.StandardCharsets;

/** Calls as the edge would hand them in. */
record Call(String method, String params, Snapshot snapshot, Caller caller, long deadline) {
  static final long PATIENCE = 30_000;
  static final Snapshot AT_200 = new Belief(200, 100, 0);

  static Call of(String method, String params) {
    return new Call(method, params, AT_200, new Caller(), 1_000 + PATIENCE);
  }

  Call by(Caller someone) {
    return new Call(method, params, snapshot, someone, deadline);
  }

  Call with(Snapshot other) {
    return new Call(method, params, other, caller, deadline);
  }

  Call until(long nanos) {
    return new Call(method, params, snapshot, caller, nanos);
  }

  /** In the middle of a body, where it stands in life. */
  RpcRequest request() {
    String before = "{\"params\":";
    byte[] body = (before + params + ",\"id\":1}").getBytes(StandardCharsets.UTF_8);
    int from = before.length();
    int to = from + params.getBytes(StandardCharsets.UTF_8).length;
    return new RpcRequest(Methods.named(method), body, from, to, snapshot, caller, deadline);
  }
}
