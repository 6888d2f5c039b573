package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.call;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.still;
import static dev.tenfold.simnode.SimNodes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReorganisationTest {
  private final SimNode node = node();

  @Test
  void aReorgReplacesTheTopAndNothingBelow() {
    List<String> before = hashes(100, 120);

    node.chain().reorg(5);

    List<String> after = hashes(100, 120);
    assertThat(after).hasSameSizeAs(before);
    assertThat(after.subList(0, 16)).isEqualTo(before.subList(0, 16));
    assertThat(after.subList(16, 21)).doesNotContainAnyElementsOf(before);
  }

  @Test
  void anOrphanIsStillKnownByHash() {
    String orphan = node.chain().headHash();
    String balance = balanceAt("'" + orphan + "'");

    node.chain().reorg(1);

    assertThat(call(node, "eth_getBlockByHash", "['" + orphan + "',false]").path("hash").asText())
        .isEqualTo(orphan);
    assertThat(balanceAt("{'blockHash':'" + orphan + "'}")).isEqualTo(balance);
    assertThat(balanceAt("'latest'")).isNotEqualTo(balance);
    assertThatThrownBy(() -> balanceAt("{'blockHash':'" + orphan + "','requireCanonical':true}"))
        .hasMessage("hash is not currently canonical");
  }

  @Test
  void someTransactionsAreInTheNewForkAgainAndSomeAreNot() {
    Set<String> before = transactions(101, 120);

    node.chain().reorg(20);

    Set<String> after = transactions(101, 120);
    Set<String> again = new HashSet<>(before);
    again.retainAll(after);
    Set<String> lost = new HashSet<>(before);
    lost.removeAll(after);
    assertThat(again).isNotEmpty();
    assertThat(lost).isNotEmpty();
    for (String hash : again) {
      String block =
          call(node, "eth_getTransactionReceipt", "['" + hash + "']").path("blockHash").asText();
      assertThat(hashes(101, 120)).contains(block);
    }
    for (String hash : lost) {
      assertThat(call(node, "eth_getTransactionByHash", "['" + hash + "']").isNull()).isTrue();
      assertThat(call(node, "eth_getTransactionReceipt", "['" + hash + "']").isNull()).isTrue();
    }
  }

  @Test
  void aRewindTakesTheHeadBackAndOtherBlocksFollow() {
    List<String> before = hashes(110, 120);

    node.chain().rewind(5);

    assertThat(node.chain().headNumber()).isEqualTo(115);
    assertThat(call(node, "eth_getBlockByNumber", "['0x74',false]").isNull()).isTrue();
    assertThat(call(node, "eth_getBlockByHash", "['" + before.get(10) + "',false]").isNull())
        .isTrue();
    node.chain().mine(5);
    assertThat(hashes(116, 120)).doesNotContainAnyElementsOf(before);
  }

  @Test
  void aResetStartsAnotherChain() {
    List<String> before = hashes(0, 120);

    node.chain().reset();

    assertThat(hashes(0, 120)).doesNotContainAnyElementsOf(before);
    assertThat(call(node, "eth_getBlockByHash", "['" + before.get(0) + "',false]").isNull())
        .isTrue();
  }

  @Test
  void aReorgDeeperThanTheChainIsRefused() {
    assertThatThrownBy(() -> node.chain().reorg(121))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("121 blocks");
  }

  @Test
  void blocksAppearWithTheClock() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    SimNode ticking = SimNode.create(still().blockTime(Duration.ofSeconds(12)).build(), now::get);

    now.set(Instant.EPOCH.plusMillis(11_999));
    assertThat(ticking.chain().headNumber()).isEqualTo(120);
    now.set(Instant.EPOCH.plusSeconds(12));
    assertThat(ticking.chain().headNumber()).isEqualTo(121);
    now.set(Instant.EPOCH.plusSeconds(61));
    assertThat(ticking.chain().headNumber()).isEqualTo(125);
  }

  @Test
  void aLaggingNodeShowsAnOlderHeadOfTheSameChain() {
    SimNode lagging = new SimNode(node.chain(), still().lags(List.of(3)).build());

    assertThat(text(lagging, "eth_blockNumber", "[]")).isEqualTo("0x75");
    assertThat(
            call(lagging, "eth_getBlockByHash", "['" + node.chain().headHash() + "',false]")
                .isNull())
        .isTrue();
    assertThat(call(lagging, "eth_getBlockByNumber", "['0x75',false]"))
        .isEqualTo(call(node, "eth_getBlockByNumber", "['0x75',false]"));
  }

  @Test
  void theMembersOfAFleetAnswerInTurn() {
    SimNode fleet = new SimNode(node.chain(), still().lags(List.of(0, 2)).build());
    String body = "{'jsonrpc':'2.0','id':1,'method':'eth_blockNumber'}";

    assertThat(
            List.of(
                SimNodes.answer(fleet, body),
                SimNodes.answer(fleet, body),
                SimNodes.answer(fleet, body)))
        .extracting(answer -> answer.substring(answer.indexOf("0x")))
        .containsExactly("0x78'}", "0x76'}", "0x78'}");
  }

  @Test
  void aViewStandsStillWhateverTheChainDoes() {
    SimView view = node.viewAt(node.chain().headHash());
    JsonNode before = call(view, "eth_getLogs", "[{'fromBlock':'0x60'}]");
    String hash = node.chain().headHash();

    node.chain().reorg(4);
    node.chain().mine(4);

    assertThat(call(view, "eth_getLogs", "[{'fromBlock':'0x60'}]")).isEqualTo(before);
    assertThat(text(view, "eth_blockNumber", "[]")).isEqualTo("0x78");
    assertThat(call(view, "eth_getBlockByNumber", "['latest',false]").path("hash").asText())
        .isEqualTo(hash);
    assertThatThrownBy(() -> call(view, "eth_newBlockFilter", "[]")).isInstanceOf(RpcFailure.class);
  }

  @Test
  void aSnapshotIsWholeWhileTheChainChanges() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread changes =
        Thread.ofPlatform().uncaughtExceptionHandler((t, e) -> failure.set(e)).start(this::change);
    do {
      ChainSnapshot chain = node.chain().snapshot();
      long head = chain.head().number();
      for (long number = head; number > head - 20; number--) {
        BlockRef ref = SimNodes.ref(chain, number);
        assertThat(ref.number()).isEqualTo(number);
        assertThat(ref.plan().parentHash()).isEqualTo(SimNodes.ref(chain, number - 1).hash());
      }
    } while (changes.isAlive());
    changes.join();
    assertThat(failure.get()).isNull();
  }

  private void change() {
    for (int i = 0; i < 100; i++) {
      node.chain().mine(3);
      node.chain().reorg(5);
      node.chain().rewind(2);
    }
  }

  @Test
  void tagsFollowTheHead() {
    assertThat(number("finalized")).isEqualTo("0x38");
    assertThat(number("safe")).isEqualTo("0x58");
    assertThat(number("earliest")).isEqualTo("0x0");
    assertThat(number("pending")).isEqualTo("0x79");
    SimNode without = node(still().finalityTags(false).build());
    assertThatThrownBy(() -> call(without, "eth_getBlockByNumber", "['finalized',false]"))
        .hasMessage("finalized block not found");
  }

  private String number(String tag) {
    return call(node, "eth_getBlockByNumber", "['" + tag + "',false]").path("number").asText();
  }

  private String balanceAt(String block) {
    return text(node, "eth_getBalance", "['0x" + "12".repeat(20) + "'," + block + "]");
  }

  private List<String> hashes(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(number -> block(number).path("hash").asText())
        .toList();
  }

  private Set<String> transactions(int from, int to) {
    Set<String> hashes = new HashSet<>();
    for (int number = from; number <= to; number++) {
      block(number).path("transactions").forEach(hash -> hashes.add(hash.asText()));
    }
    return hashes;
  }

  private JsonNode block(int number) {
    return call(node, "eth_getBlockByNumber", "['" + Hex.quantity(number) + "',false]");
  }
}
