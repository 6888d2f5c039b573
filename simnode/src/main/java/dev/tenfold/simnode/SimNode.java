package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A node: a view of a chain, with faults and latency. Thread-safe; a call takes microseconds and
 * never waits, whatever the latency: that is for {@link SimNodeServer}, or for the reader of {@link
 * NodeAnswer#delay}.
 */
public final class SimNode implements SimView {
  private final SimulatedChain chain;
  private final List<SimulatedChain> members;
  private final SimNodeOptions options;
  private final Map<String, MethodHandler> methods = new TreeMap<>();
  private final Map<String, MethodHandler> pure;
  private final Map<String, MethodHandler> controls = new TreeMap<>();
  private final CallLog calls = new CallLog();
  private final FaultPlan faults;
  private final Latency latency;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<Integer> lags;

  /** A node that shows the chain, maybe beside others. Of the options it takes its own part. */
  public SimNode(SimulatedChain chain, SimNodeOptions options) {
    this(List.of(chain), options);
  }

  /**
   * A fleet behind one address, whose members are on several forks: they answer in turn, each from
   * its chain and with its lag. What is sent, and filters, go to the first chain.
   *
   * @throws java.util.NoSuchElementException if there is no chain
   */
  public SimNode(List<SimulatedChain> chains, SimNodeOptions options) {
    this.members = List.copyOf(chains);
    this.chain = members.getFirst();
    this.options = options;
    this.lags = options.lags();
    this.faults = new FaultPlan(options.seed());
    this.latency = new Latency(options.seed(), options.latency(), options.jitter());
    if (options.failRate() > 0) {
      faults.add(Fault.always(Fault.Kind.HTTP_500).withProbability(options.failRate()));
    }
    NetworkMethods.register(methods, options);
    BlockMethods.register(methods);
    LogMethods.register(methods);
    StateMethods.register(methods);
    CallMethods.register(methods);
    TraceMethods.register(methods);
    TraceCallMethods.register(methods);
    ParityTraceMethods.register(methods);
    OtherClientMethods.register(methods);
    this.pure = Map.copyOf(methods);
    FilterMethods.register(methods, chain);
    SendMethods.register(methods, chain);
    if (!options.methods().isEmpty()) {
      methods.keySet().retainAll(options.methods());
    }
    ControlMethods.register(controls, this);
  }

  /** A node with a chain of its own, on the machine's clock. */
  public static SimNode create(SimNodeOptions options) {
    return create(options, InstantSource.system());
  }

  /** A node with a chain of its own. */
  public static SimNode create(SimNodeOptions options, InstantSource clock) {
    return new SimNode(new SimulatedChain(options, clock), options);
  }

  /** The chain, to mine, reorganise and ask; of several, the first. */
  public SimulatedChain chain() {
    return chain;
  }

  /** What the node was asked over {@link #answer}, {@link #exchange} or a socket. */
  public CallLog calls() {
    return calls;
  }

  /** Adds a fault, behind those that are there. */
  public void addFault(Fault fault) {
    faults.add(fault);
  }

  /** Removes all faults. */
  public void clearFaults() {
    faults.clear();
  }

  /** Sets how long answers take. */
  public void setLatency(Duration base, Duration jitter) {
    latency.set(base, jitter);
  }

  /**
   * Sets how far its members are behind, as {@link SimNodeOptions#lags} says it.
   *
   * @throws IllegalArgumentException if there is none, or one is negative
   */
  public void setLags(List<Integer> blocks) {
    SimNodeOptions.checkLags(blocks);
    lags = List.copyOf(blocks);
  }

  /**
   * The body that the node answers to a body. Empty for a notification.
   *
   * @throws UncheckedIOException where the fault is that no whole answer comes
   */
  public byte[] answer(byte[] requestBody) {
    NodeAnswer answer = exchange(requestBody);
    if (answer.ending() != NodeAnswer.Ending.ANSWERED) {
      throw new UncheckedIOException(
          new IOException("the simulated node gave no answer: " + answer.ending()));
    }
    return answer.body();
  }

  /**
   * The result of a call, of the first view of the fleet. Not counted, without faults.
   *
   * @throws RpcFailure where the answer is an error
   */
  @Override
  public JsonNode call(String method, JsonNode params) {
    return handler(method).answer(view(0), params(method, params));
  }

  /**
   * The node as it answers if that block is the head, whatever the chain does, and whether the
   * block is still known to it. It sees no sent transactions that wait, and has neither filters nor
   * sends.
   *
   * @throws IllegalArgumentException if no block ever had the hash
   */
  public SimView viewAt(String blockHash) {
    ChainSnapshot then = then(blockHash);
    return (method, params) -> {
      MethodHandler handler = pure.get(method);
      return (handler == null ? missing(method) : handler).answer(then, params(method, params));
    };
  }

  private ChainSnapshot then(String blockHash) {
    for (SimulatedChain member : members) {
      ChainSnapshot then = member.at(blockHash);
      if (then != null) {
        return then.shownBy(options);
      }
    }
    throw new IllegalArgumentException(blockHash + ": no block has this hash");
  }

  /** What a request leads to, with the faults and the delay. */
  public NodeAnswer exchange(byte[] requestBody) {
    JsonNode value;
    List<JsonNode> members;
    try {
      value = JsonRpc.parse(requestBody);
      members = JsonRpc.members(value);
    } catch (RpcFailure e) {
      return answered(JsonRpc.bytes(JsonRpc.error(null, e)), latency.next());
    }
    if (members.stream().allMatch(this::isControl)) {
      return answered(respond(value, members, null), Duration.ZERO);
    }
    Fault fault = faults.next(members.stream().map(SimNode::methodName).toList());
    calls.request();
    if (fault != null && fault.kind().refuses()) {
      members.forEach(member -> note(member, value.isArray(), fault));
      return FaultyAnswers.refusal(fault, latency.next());
    }
    NodeAnswer whole = answered(respond(value, members, fault), latency.next());
    return fault == null ? whole : FaultyAnswers.apply(fault, whole, value.isArray());
  }

  private static NodeAnswer answered(byte[] body, Duration delay) {
    return new NodeAnswer(
        NodeAnswer.Ending.ANSWERED, 200, Map.of("Content-Type", "application/json"), body, delay);
  }

  private byte[] respond(JsonNode value, List<JsonNode> members, @Nullable Fault fault) {
    int lagging = turn.getAndIncrement();
    List<JsonNode> answers = new ArrayList<>();
    for (JsonNode member : members) {
      note(member, value.isArray(), fault);
      JsonNode answer = respond(member, view(lagging), fault);
      if (answer != null) {
        answers.add(answer);
      }
    }
    if (answers.isEmpty()) {
      return new byte[0];
    }
    if (!value.isArray()) {
      return JsonRpc.bytes(answers.getFirst());
    }
    ArrayNode batch = JsonRpc.MAPPER.createArrayNode();
    return JsonRpc.bytes(batch.addAll(answers));
  }

  private @Nullable JsonNode respond(JsonNode member, ChainSnapshot view, @Nullable Fault fault) {
    if (!JsonRpc.isCall(member)) {
      return JsonRpc.error(member, new RpcFailure(RpcFailure.INVALID_REQUEST, "invalid request"));
    }
    JsonNode answer = carryOut(member, view, fault);
    return JsonRpc.isNotification(member) ? null : answer;
  }

  private JsonNode carryOut(JsonNode member, ChainSnapshot view, @Nullable Fault fault) {
    String method = methodName(member);
    Fault.Kind kind =
        fault != null && fault.kind().isOfCall() && fault.fits(method) ? fault.kind() : null;
    ObjectNode answer;
    try {
      if (kind != null) {
        FaultyAnswers.refuse(kind);
      }
      Params params = params(method, member.path("params"));
      answer = JsonRpc.result(member, handler(method).answer(view, params));
    } catch (RpcFailure e) {
      answer = JsonRpc.error(member, e);
    }
    return kind == null ? answer : FaultyAnswers.spoil(kind, answer);
  }

  private Params params(String method, JsonNode values) {
    return new Params(values, !options.numbersOnly().contains(method));
  }

  private MethodHandler handler(String method) {
    MethodHandler handler = methods.get(method);
    if (handler == null) {
      handler = controls.get(method);
    }
    return handler == null ? missing(method) : handler;
  }

  private static MethodHandler missing(String method) {
    return (view, params) -> {
      throw new RpcFailure(
          RpcFailure.METHOD_NOT_FOUND, "the method " + method + " does not exist/is not available");
    };
  }

  private ChainSnapshot view(int number) {
    SimulatedChain member = members.get(Math.floorMod(number, members.size()));
    List<Integer> now = lags;
    int lag = now.get(Math.floorMod(number, now.size()));
    return member.snapshot().behind(lag).shownBy(options);
  }

  private void note(JsonNode member, boolean batch, @Nullable Fault fault) {
    if (member.path("method").isTextual() && !isControl(member)) {
      String params = member.has("params") ? member.path("params").toString() : "[]";
      Fault.Kind kind = fault != null && fault.fits(methodName(member)) ? fault.kind() : null;
      calls.add(new CallLog.Seen(methodName(member), params, batch, kind));
    }
  }

  private boolean isControl(JsonNode member) {
    return controls.containsKey(methodName(member));
  }

  private static String methodName(JsonNode member) {
    return member.path("method").asText("");
  }
}
