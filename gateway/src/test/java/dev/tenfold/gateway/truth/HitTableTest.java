package dev.tenfold.gateway.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.gateway.truth.Query.Kind;
import dev.tenfold.simnode.SimNode;
import dev.tenfold.simnode.SimNodeOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the second of two equal calls in the same head is, by method and by distance from it. */
@Timeout(60)
class HitTableTest {
  private static final List<String> COLUMNS = List.of("head-3", "head-1", "head", "latest");
  private static final Set<String> NAMING_THEIR_BLOCK =
      Set.of("trace_block", "erigon_getHeaderByNumber");
  private static final String NOT_APPLICABLE = "";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HandClock clock = new HandClock();
  private final Random random = new Random(3);

  @ParameterizedTest(name = "a block every {0} ms")
  @ValueSource(ints = {12_000, 250})
  void theSecondAskInTheSameHeadIsAHit(int blockMillis) {
    Duration blockTime = Duration.ofMillis(blockMillis);
    SimNodeOptions options = SimNodeOptions.builder().blockTime(blockTime).startBlocks(150).build();
    SimNode node = SimNode.create(options, clock);
    Stack stack = new Stack(List.of(node), Setting.NO_TAGS, Fault.NONE, clock, random);
    StringBuilder table = new StringBuilder("\nblock time " + blockMillis + " ms\n");
    Map<String, String> unlike = new TreeMap<>();
    for (QueryTemplate template : QueryTemplate.all()) {
      table.append("%-42s".formatted(template.method()));
      for (String column : COLUMNS) {
        clock.pass(blockTime.dividedBy(7));
        String outcome = secondAsk(stack, node, template, column);
        table.append("%-12s".formatted(outcome));
        String expected = expected(template, column);
        if (!outcome.equals(expected)) {
          String call = template.method() + " " + template.params() + " at " + column;
          unlike.put(call, outcome + ", not " + expected);
        }
      }
      table.append(template.params()).append('\n');
    }
    System.out.println(table);

    assertThat(unlike).isEmpty();
  }

  /**
   * A node gives no uncle here, and {@code null} is never kept. What has no form by hash is kept
   * near the head if the answer names its block, else once that is final.
   */
  private static String expected(QueryTemplate template, String column) {
    boolean latest = column.equals("latest");
    return switch (template.kind()) {
      case PINNED -> template.method().startsWith("eth_getUncleByBlock") ? "null" : "hit";
      case NUMBERED ->
          NAMING_THEIR_BLOCK.contains(template.method()) ? "hit" : MissReason.NOT_FINAL.token();
      case HASHED ->
          latest
              ? NOT_APPLICABLE
              : template.method().startsWith("eth_getUncleByBlock") ? "null" : "hit";
      case TRANSACTION -> latest ? NOT_APPLICABLE : "hit";
      case HEAD, LOCAL -> latest ? "hit" : NOT_APPLICABLE;
    };
  }

  private String secondAsk(Stack stack, SimNode node, QueryTemplate template, String column) {
    stack.arrive();
    Snapshot snapshot = stack.snapshots().get();
    boolean ofBlock = template.kind() == Kind.PINNED || template.kind() == Kind.NUMBERED;
    boolean ofHead = template.kind() == Kind.HEAD || template.kind() == Kind.LOCAL;
    boolean latest = column.equals("latest");
    if ((latest && !ofBlock && !ofHead) || (!latest && ofHead)) {
      return NOT_APPLICABLE;
    }
    long number = snapshot.head() - back(column);
    String params = params(node, template, number, latest);
    ask(stack, template.method(), params, snapshot);
    return ask(stack, template.method(), params, snapshot).verdict();
  }

  private static int back(String column) {
    return switch (column) {
      case "head-3" -> 3;
      case "head-1" -> 1;
      default -> 0;
    };
  }

  private String params(SimNode node, QueryTemplate template, long number, boolean latest) {
    String block = latest ? "latest" : "0x" + Long.toHexString(number);
    String before = "0x" + Long.toHexString(number - 1);
    String hash = node.chain().hashAt(number);
    JsonNode transaction =
        Json.call(
            node,
            "eth_getTransactionByBlockNumberAndIndex",
            Json.array("0x" + Long.toHexString(number), "0x0"));
    return template
        .params()
        .replaceAll("\\$[BNRT]", block)
        .replace("$F", template.params().contains("$T") ? before : block)
        .replace("$H", hash)
        .replace("$X", transaction.path("hash").asText())
        .replace("$Y0", transaction.path("from").asText())
        .replace("$Y1", transaction.path("nonce").asText())
        .replace("$A", node.chain().accounts().getFirst())
        .replace("$C", node.chain().contracts().getFirst())
        .replaceAll("\\$[SI]", "0x0")
        .replace("$D", "0x70a08231")
        .replace("\"$O\"", "[null]")
        .replace("\"$J\"", "{\"tracer\":\"callTracer\"}");
  }

  private CacheStatus ask(Stack stack, String method, String params, Snapshot snapshot) {
    byte[] json = params.getBytes(StandardCharsets.UTF_8);
    long deadline = clock.getAsLong() + PATIENCE.toNanos();
    RpcRequest request =
        new RpcRequest(
            Methods.named(method), json, 0, json.length, snapshot, new Caller(), deadline);
    return stack.handler().handle(request).result().cacheStatus();
  }
}
