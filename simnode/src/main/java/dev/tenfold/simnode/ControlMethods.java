package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The methods {@code sim_*} that steer a node from outside; the package page lists them. */
final class ControlMethods {
  private final SimNode node;

  private ControlMethods(SimNode node) {
    this.node = node;
  }

  static void register(Map<String, MethodHandler> controls, SimNode node) {
    ControlMethods methods = new ControlMethods(node);
    controls.put("sim_mine", (view, params) -> methods.mine(params));
    controls.put("sim_reorg", (view, params) -> methods.reorg(params));
    controls.put("sim_rewind", (view, params) -> methods.rewind(params));
    controls.put("sim_reset", (view, params) -> methods.reset());
    controls.put("sim_setFault", (view, params) -> methods.setFault(params));
    controls.put("sim_setLatency", (view, params) -> methods.setLatency(params));
    controls.put("sim_setLags", (view, params) -> methods.setLags(params));
    controls.put("sim_calls", (view, params) -> methods.calls());
  }

  private JsonNode mine(Params params) {
    node.chain().mine(count(params));
    return BlockMethods.quantity(node.chain().headNumber());
  }

  private JsonNode reorg(Params params) {
    change(() -> node.chain().reorg(count(params)));
    return BlockJson.text(node.chain().headHash());
  }

  private JsonNode rewind(Params params) {
    change(() -> node.chain().rewind(count(params)));
    return BlockMethods.quantity(node.chain().headNumber());
  }

  private JsonNode reset() {
    node.chain().reset();
    return BlockJson.text(node.chain().headHash());
  }

  private JsonNode setFault(Params params) {
    JsonNode wanted = params.optional(0);
    if (wanted == null) {
      node.clearFaults();
    } else {
      change(() -> node.addFault(fault(wanted)));
    }
    return BooleanNode.TRUE;
  }

  private static Fault fault(JsonNode wanted) {
    Fault fault =
        Fault.always(Fault.Kind.of(wanted.path("kind").asText()))
            .withProbability(wanted.path("probability").asDouble(1))
            .times(wanted.path("times").asInt(Integer.MAX_VALUE))
            .withRetryAfter(Duration.ofSeconds(wanted.path("retryAfterSeconds").asLong(1)));
    return wanted.hasNonNull("method") ? fault.onMethod(wanted.path("method").asText()) : fault;
  }

  private JsonNode setLatency(Params params) {
    Duration base = Duration.ofMillis(params.quantity(0));
    node.setLatency(base, Duration.ofMillis(params.quantityOr(1, 0)));
    return BooleanNode.TRUE;
  }

  private JsonNode setLags(Params params) {
    List<Integer> lags = new ArrayList<>();
    params.required(0).forEach(lag -> lags.add(lag.asInt(-1)));
    change(() -> node.setLags(lags));
    return BooleanNode.TRUE;
  }

  private JsonNode calls() {
    ObjectNode counts = JsonRpc.MAPPER.createObjectNode();
    node.calls().counts().forEach(counts::put);
    return counts;
  }

  private static int count(Params params) {
    long count = params.quantityOr(0, 1);
    if (count < 0 || count > 1_000_000) {
      throw RpcFailure.invalidParams("invalid argument 0: " + count + ", want 0 to 1000000");
    }
    return (int) count;
  }

  private static void change(Runnable change) {
    try {
      change.run();
    } catch (IllegalArgumentException e) {
      throw RpcFailure.invalidParams(String.valueOf(e.getMessage()));
    }
  }
}
