package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.upstream.ScriptedNode.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of one node that answers by a script, and is known to be well when the test begins. */
abstract class OneNode {
  final NodeBench bench = new NodeBench();
  final ScriptedNode node = bench.scripted();
  final Upstream upstream = bench.upstream(node);

  @BeforeEach
  void theNodeIsKnown() {
    bench.known(upstream);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  final RpcReply ask(Script script) {
    return ask("eth_call", "[]", script);
  }

  final RpcReply ask(String method, String params, Script script) {
    node.on(method, script);
    return bench.on(() -> upstream.call(bench.request(method, params), NodeBench.ATTEMPT));
  }
}
