package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.e2e.JsonRpcClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real node is the oracle: hundreds of calls, made up from a seed, while its chain grows,
 * reorganises, is taken back and begins anew. Each answer is what the node itself says before or
 * after the change, and once the change was seen, what it says after it.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class TruthOnAnvilTest {
  private static final long SEED = 20260401;
  private static final int ROUNDS = 24;
  private static final int CALLS = 12;
  private static final String[] EPOCH = {"--slots-in-an-epoch", "16"};
  private static final Duration FRESH = Duration.ofSeconds(3);

  /** What callers are told while no node has their chain any more. */
  private static final String LAGS = "the nodes lag";

  private static final String ALICE = "\"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266\"";

  /** A contract that stores the number of the block and leaves an event. */
  private static final String WRITER = "0x6b43600055600160006000a100600052600c6014f3";

  /** Code that returns the hash of the parent block. */
  private static final String PARENT_HASH = "0x600143034060005260206000f3";

  private static final List<String> FORMS =
      List.of(
          "eth_getBalance [MINER,BLOCK]",
          "eth_getTransactionCount [ALICE,BLOCK]",
          "eth_getCode [WRITER,BLOCK]",
          "eth_getStorageAt [WRITER,\"0x0\",BLOCK]",
          "eth_getProof [WRITER,[\"0x0\"],BLOCK]",
          "eth_call [{\"data\":\"" + PARENT_HASH + "\"},BLOCK]",
          "eth_getBlockByNumber [NUMBER,false]",
          "eth_getBlockByNumber [NUMBER,true]",
          "eth_getBlockTransactionCountByNumber [NUMBER]",
          "eth_getTransactionByBlockNumberAndIndex [NUMBER,\"0x0\"]",
          "eth_getBlockReceipts [NUMBER]",
          "eth_getUncleCountByBlockNumber [NUMBER]",
          "debug_traceBlockByNumber [NUMBER,{\"tracer\":\"callTracer\"}]",
          "eth_getLogs [{\"fromBlock\":NUMBER,\"toBlock\":NUMBER}]",
          "eth_getLogs [{\"fromBlock\":\"0x1\",\"toBlock\":NUMBER,\"address\":WRITER}]",
          "trace_block [NUMBER]",
          "eth_getTransactionByHash [TX]",
          "eth_getTransactionReceipt [TX]",
          "debug_traceTransaction [TX,{\"tracer\":\"callTracer\"}]",
          "trace_transaction [TX]",
          "eth_getBlockByHash [HASH,false]");

  private final Setup setup = new Setup();
  private final Random random = new Random(SEED);
  private final List<String> transactions = new ArrayList<>();
  private final List<String> hashes = new ArrayList<>();
  private AnvilProcess anvil = setup.add(AnvilProcess.start(Ports.free(), EPOCH));
  private final TenfoldProcess tenfold = setup.tenfold(anvil.url());
  private String writer = "";
  private String snapshot = "";
  private int hits;
  private int unanswered;

  /** A method and its parameters. */
  private record Call(String method, String params) {}

  @AfterEach
  void stop() {
    setup.close();
  }

  @Test
  void eachAnswerIsWhatTheNodeItselfSays() {
    furnish();
    awaitTheSameHead("the start");
    for (int round = 0; round < ROUNDS; round++) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(call());
      }
      List<String> before = calls.stream().map(this::straight).toList();
      String change = change(round);
      List<String> during = calls.stream().map(this::through).toList();
      List<String> after = calls.stream().map(this::straight).toList();
      for (int i = 0; i < CALLS; i++) {
        if (during.get(i).contains(LAGS)) {
          unanswered++;
          continue;
        }
        assertThat(during.get(i))
            .as("round %d, %s: %s", round, change, calls.get(i))
            .isIn(before.get(i), after.get(i));
      }
      awaitTheSameHead(round + ", " + change);
      for (int i = 0; i < 2 * CALLS; i++) {
        Call call = calls.get(i % CALLS);
        assertThat(through(call))
            .as("round %d, after %s: %s", round, change, call)
            .isEqualTo(after.get(i % CALLS));
      }
    }
    assertThat(unanswered).as("calls while the chain changed").isLessThan(ROUNDS * CALLS / 20);
    assertThat(hits).as("hits among %d calls", 3 * ROUNDS * CALLS).isGreaterThan(ROUNDS * CALLS);
  }

  /** The node answers a send a moment before it has made the block. */
  @Test
  void aSecondAfterASendAtTheLatestNumberAndReceiptAndStateAreOfTheNewBlock() {
    anvil.mine(3);
    for (int i = 0; i < 20; i++) {
      String send = "[{\"from\":%s,\"to\":%s,\"value\":\"0x1\"}]".formatted(ALICE, ALICE);
      String hash = tenfold.call("eth_sendTransaction", send).result();
      String number = RawJson.member(receipt(hash), "blockNumber");
      String count = "\"0x" + Integer.toHexString(i + 1) + '"';
      Eventually.until(
          "the new block is seen",
          Duration.ofSeconds(1),
          () -> tenfold.call("eth_blockNumber", "[]").result().equals(number));

      String seen = tenfold.call("eth_getTransactionReceipt", "[" + hash + "]").result();
      assertThat(RawJson.member(seen, "blockNumber")).isEqualTo(number);
      assertThat(through(new Call("eth_getTransactionCount", "[" + ALICE + ",\"latest\"]")))
          .isEqualTo(count);
    }
  }

  private void furnish() {
    anvil.mine(40);
    String sent = "[{\"from\":%s,\"data\":\"%s\"}]".formatted(ALICE, WRITER);
    String hash = anvil.call("eth_sendTransaction", sent).result();
    writer = RawJson.member(receipt(hash), "contractAddress");
    snapshot = anvil.call("evm_snapshot", "[]").result();
    for (int i = 0; i < 12; i++) {
      write();
    }
  }

  /** The node takes a transaction before it has made the block. */
  private String receipt(String hash) {
    String params = "[" + hash + "]";
    Eventually.until(
        "the node has made the block",
        Duration.ofSeconds(10),
        () -> !anvil.call("eth_getTransactionReceipt", params).result().equals("null"));
    return anvil.call("eth_getTransactionReceipt", params).result();
  }

  /** A block with a transaction in it. */
  private void write() {
    String answer =
        anvil
            .call("eth_sendTransaction", "[{\"from\":%s,\"to\":%s}]".formatted(ALICE, writer))
            .result();
    transactions.add(answer);
    hashes.add(RawJson.member(receipt(answer), "blockHash"));
  }

  private String change(int round) {
    if (round == ROUNDS / 2) {
      return reset();
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> {
        write();
        yield "a transaction";
      }
      case 2 -> {
        anvil.mine(1 + random.nextInt(4));
        yield "blocks";
      }
      case 3, 4 -> {
        int depth = 1 + random.nextInt(20);
        anvil.call("anvil_reorg", "[" + depth + ",[]]");
        snapshot = ""; // the node cannot go back to before a reorganisation
        yield "a reorganisation " + depth + " deep";
      }
      default -> takenBack();
    };
  }

  private String takenBack() {
    if (snapshot.isEmpty()) {
      snapshot = anvil.call("evm_snapshot", "[]").result();
      write();
      return "a snapshot and a transaction";
    }
    anvil.call("evm_revert", "[" + snapshot + "]");
    snapshot = "";
    return "taken back to a snapshot";
  }

  /** The node ends, and one that knows nothing takes its address. */
  private String reset() {
    anvil.close();
    anvil = setup.add(AnvilProcess.start(anvil.port(), EPOCH));
    anvil.mine(5);
    snapshot = "";
    furnish();
    return "a new chain";
  }

  private Call call() {
    String form = FORMS.get(random.nextInt(FORMS.size()));
    String params =
        form.substring(form.indexOf(' ') + 1)
            .replace("ALICE", ALICE)
            .replace("MINER", "\"0x0000000000000000000000000000000000000000\"")
            .replace("WRITER", writer)
            .replace("TX", transactions.get(random.nextInt(transactions.size())))
            .replace("HASH", hashes.get(random.nextInt(hashes.size())))
            .replace("BLOCK", random.nextInt(3) == 0 ? byHash() : number())
            .replace("NUMBER", number());
    return new Call(form.substring(0, form.indexOf(' ')), params);
  }

  private String byHash() {
    return "{\"blockHash\":" + hashes.get(random.nextInt(hashes.size())) + "}";
  }

  private String number() {
    if (random.nextBoolean()) {
      return "\"latest\"";
    }
    long head = Long.decode(RawJson.member(block("latest"), "number").replace("\"", ""));
    return "\"0x" + Long.toHexString(Math.max(0, head - random.nextInt(6))) + "\"";
  }

  private String block(String block) {
    return anvil.call("eth_getBlockByNumber", "[\"" + block + "\",false]").result();
  }

  private void awaitTheSameHead(String what) {
    Eventually.until(
        "the head is seen: " + what,
        FRESH,
        () ->
            RawJson.member(
                    tenfold.call("eth_getBlockByNumber", "[\"latest\",false]").result(), "hash")
                .equals(RawJson.member(block("latest"), "hash")));
  }

  private String straight(Call call) {
    return outcome(anvil.call(call.method(), call.params()));
  }

  private String through(Call call) {
    Answer answer = tenfold.call(call.method(), call.params());
    hits += answer.isHit() ? 1 : 0;
    return outcome(answer);
  }

  private static String outcome(Answer answer) {
    return RawJson.member(answer.body(), answer.hasResult() ? "result" : "error");
  }
}
