package dev.tenfold.gateway.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.simnode.SimNode;
import dev.tenfold.simnode.SimNodeOptions;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and blooms, read from the blocks of a simulated node. */
class BlockHeaderTest {
  private static final SimNode NODE =
      SimNode.create(SimNodeOptions.builder().startBlocks(40).build(), InstantSource.system());

  private static JsonNode block(long number) {
    return call("eth_getBlockByNumber", "0x" + Long.toHexString(number));
  }

  private static JsonNode call(String method, String block) {
    return NODE.call(method, JsonNodeFactory.instance.arrayNode().add(block).add(false));
  }

  private static @Nullable BlockHeader parse(JsonNode json) {
    return BlockHeader.parse(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static BlockHeader header(long number) {
    return Objects.requireNonNull(parse(block(number)));
  }

  @Test
  void whatTheNodeSaysOfABlockIsRead() {
    JsonNode json = block(17);
    BlockHeader header = header(17);

    assertThat(header.number()).isEqualTo(17);
    assertThat(header.hash()).hasToString(json.path("hash").asText());
    assertThat(header.parent()).hasToString(json.path("parentHash").asText());
    assertThat(header.timestamp()).isEqualTo(Long.decode(json.path("timestamp").asText()));
    assertThat(header.transactions()).isEqualTo(json.path("transactions").size());
    assertThat(header.uncles()).isEqualTo(json.path("uncles").size());
  }

  @Test
  void aBlockIsTheChildOfTheOneBeforeItAndOfNoOther() {
    assertThat(header(17).isChildOf(header(16))).isTrue();
    assertThat(header(17).isChildOf(header(15))).isFalse();
    assertThat(header(16).isChildOf(header(17))).isFalse();
    assertThat(header(17).isChildOf(header(17))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"number", "hash", "parentHash"})
  void withoutNumberHashAndParentItIsNoBlock(String member) {
    ObjectNode broken = block(17).deepCopy();
    assertThat(parse(broken)).isNotNull();
    broken.put(member, "0x");
    assertThat(parse(broken)).isNull();
    broken.putNull(member);
    assertThat(parse(broken)).isNull();
    broken.remove(member);
    assertThat(parse(broken)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "\"0x1\"", "7", "{}", " "})
  void whatIsNoObjectIsNoBlock(String json) {
    assertThat(BlockHeader.parse(json.getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @Test
  void whatANodeLeavesOutIsNotKnown() {
    ObjectNode bare = block(17).deepCopy();
    bare.remove(java.util.List.of("timestamp", "transactions", "uncles", "logsBloom"));
    BlockHeader header = Objects.requireNonNull(parse(bare));

    assertThat(header.timestamp()).isZero();
    assertThat(header.transactions()).isEqualTo(BlockHeader.UNKNOWN_COUNT);
    assertThat(header.uncles()).isEqualTo(BlockHeader.UNKNOWN_COUNT);
    assertThat(header.bloom()).isSameAs(LogsBloom.UNKNOWN);
  }

  @Test
  void whiteSpaceAndTheOrderOfMembersDoNotMatter() {
    ObjectNode turned = JsonNodeFactory.instance.objectNode();
    JsonNode json = block(17);
    json.properties().stream()
        .sorted(java.util.Map.Entry.<String, JsonNode>comparingByKey().reversed())
        .forEach(member -> turned.set(member.getKey(), member.getValue()));
    String text = "\n " + turned.toPrettyString();

    assertThat(BlockHeader.parse(text.getBytes(StandardCharsets.UTF_8)))
        .usingRecursiveComparison()
        .isEqualTo(header(17));
  }

  @Test
  void theBloomMayContainEveryAddressAndTopicOfTheLogsOfTheBlock() {
    int logs = 0;
    for (long number = 0; number <= 40; number++) {
      BlockHeader header = header(number);
      ObjectNode filter = JsonNodeFactory.instance.objectNode();
      filter.put("blockHash", header.hash().toString());
      JsonNode found = NODE.call("eth_getLogs", JsonNodeFactory.instance.arrayNode().add(filter));
      for (JsonNode log : found) {
        logs++;
        assertThat(header.bloom().mayContain(bytes(log.path("address")))).isTrue();
        log.path("topics")
            .forEach(topic -> assertThat(header.bloom().mayContain(bytes(topic))).isTrue());
      }
      if (found.isEmpty()) {
        assertThat(header.bloom()).isSameAs(LogsBloom.EMPTY);
      }
    }
    assertThat(logs).isPositive();
  }

  @Test
  void theBloomSeldomClaimsWhatIsNotThere() {
    SplittableRandom random = new SplittableRandom(1);
    int claimed = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] address = new byte[20];
      random.nextBytes(address);
      claimed += header(1 + i % 40).bloom().mayContain(address) ? 1 : 0;
    }

    assertThat(claimed).isLessThan(100);
  }

  @Test
  void anUnknownBloomMayContainAnythingAndAnEmptyOneNothing() {
    byte[] anything = {1, 2, 3};
    assertThat(LogsBloom.UNKNOWN.mayContain(anything)).isTrue();
    assertThat(LogsBloom.EMPTY.mayContain(anything)).isFalse();
    assertThat(bloom("0".repeat(512))).isSameAs(LogsBloom.EMPTY);
    assertThat(bloom("f".repeat(512)).mayContain(anything)).isTrue();
    assertThat(bloom("0".repeat(511))).isSameAs(LogsBloom.UNKNOWN);
    assertThat(bloom("0".repeat(511) + "x")).isSameAs(LogsBloom.UNKNOWN);
  }

  private static LogsBloom bloom(String digits) {
    byte[] json = ("\"0x" + digits + "\"").getBytes(StandardCharsets.UTF_8);
    return LogsBloom.parse(json, 0, json.length);
  }

  private static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.asText().substring(2));
  }
}
