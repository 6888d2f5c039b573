package dev.tenfold.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** All rounds as JSON. What the system does not tell is null. */
final class StepsJson {
  private static final double NANOS_A_MILLI = 1e6;
  private static final double NANOS_A_SECOND = 1e9;

  private StepsJson() {}

  static ObjectNode of(StepsResult result) {
    StepsPlan plan = result.plan();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("processors", Runtime.getRuntime().availableProcessors());
    json.put("java", Runtime.version().toString());
    json.put("took_s", result.took().toNanos() / NANOS_A_SECOND);
    json.put("node_latency_ms", DemoPlan.NODE_LATENCY.toMillis());
    json.put("steady_connections", StepsPlan.STEADY_CONNECTIONS);
    json.put("burst_connections", plan.connections());
    json.put("rounds", plan.rounds());
    json.put("steady_rate_per_s", plan.rate());
    json.put("steady_s", plan.steady().toNanos() / NANOS_A_SECOND);
    json.put("burst_s", plan.burst().toNanos() / NANOS_A_SECOND);
    ArrayNode flags = json.putArray("jvm_flags").add(StepsPlan.HEAP);
    Workplace.flags().forEach(flags::add);
    ArrayNode steps = json.putArray("steps");
    Measured before = null;
    for (Measured line : result.lines()) {
      ObjectNode step = steps.addObject();
      step.put("name", line.name()).put("change", line.change());
      ArrayNode differences = step.putArray("differs_in");
      for (Figure figure : Figure.values()) {
        if (before != null && line.differs(figure, before)) {
          differences.add(figure.member());
        }
      }
      ArrayNode rounds = step.putArray("rounds");
      line.rounds().forEach(reading -> round(rounds.addObject(), reading));
      before = line;
    }
    return json;
  }

  private static void round(ObjectNode json, Reading reading) {
    for (Figure figure : Figure.values()) {
      figure
          .of(reading)
          .ifPresentOrElse(
              read -> json.put(figure.member(), read), () -> json.putNull(figure.member()));
    }
    json.put("gc_pauses", reading.pauses().count());
    json.put("requests", reading.steady().sent());
    json.put("failed", reading.steady().failed());
    json.put("unsent", reading.steady().unsent());
    json.put("node_calls", reading.nodeCalls());
    json.put("burst_requests", reading.burst().sent());
    json.put("burst_failed", reading.burst().failed());
    json.put("load_late_at_most_ms", reading.steady().lateness().getMaxValue() / NANOS_A_MILLI);
  }
}
