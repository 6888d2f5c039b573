package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** The mapper itself, behind the JDK's own decoder of UTF-8, is the oracle. */
class JsonAgreesWithJacksonTest {
  private static final int DEPTH = 4;

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private final Json json = Json.builder().mapper(mapper).names(16).maxNameLength(50_000).build();

  private @Nullable JsonNode expected(byte[] bytes) {
    try {
      String text =
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      JsonNode tree = mapper.readTree(text);
      return tree.isMissingNode() ? null : tree;
    } catch (CharacterCodingException | JsonProcessingException | NumberFormatException e) {
      return null;
    }
  }

  /** Whether it was JSON. */
  private boolean agree(byte[] bytes) {
    JsonNode expected = expected(bytes);
    JsonNode read;
    try {
      read = json.fromBytes(bytes, JsonNode.class);
    } catch (JsonException e) {
      assertThat(expected).as(() -> e.getMessage() + ": " + new String(bytes, UTF_8)).isNull();
      if (!e.toString().contains("a number is out of range of BigDecimal")) {
        assertThat(e.reason()).as(e.toString()).isEqualTo(JsonException.Reason.MALFORMED);
      }
      assertThat(e.offset()).isBetween(0, bytes.length);
      return false;
    }
    if (expected != null || !hasNameThatIsNoText(read)) {
      assertThat(read).as(() -> new String(bytes, UTF_8)).isEqualTo(expected);
    }
    return true;
  }

  /** Half of a pair, as an escape: Jackson takes it in a text, but not in a name. */
  private static boolean hasNameThatIsNoText(JsonNode tree) {
    if (tree.properties().stream()
        .anyMatch(member -> !UTF_8.newEncoder().canEncode(member.getKey()))) {
      return true;
    }
    for (JsonNode inside : tree) {
      if (hasNameThatIsNoText(inside)) {
        return true;
      }
    }
    return false;
  }

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void whatIsJsonIsReadAlike(@ForAll Random random) {
    JsonMaker maker = new JsonMaker(random);

    assertThat(agree(maker.spelling(maker.tree(DEPTH)).getBytes(UTF_8))).isTrue();
  }

  @Property(tries = 6_000, shrinking = ShrinkingMode.OFF)
  void whatIsNearlyJsonIsRefusedAlike(@ForAll Random random) {
    JsonMaker maker = new JsonMaker(random);

    boolean read = agree(maker.mutated(maker.spelling(maker.tree(DEPTH)).getBytes(UTF_8)));

    Statistics.label("read")
        .collect(read)
        .coverage(
            coverage -> {
              coverage.check(true).percentage(share -> share > 5);
              coverage.check(false).percentage(share -> share > 30);
            });
  }

  @Property(tries = 2_000)
  void anyBytesAreReadOrRefusedAlike(@ForAll byte[] bytes) {
    agree(bytes);
  }

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void stringsOfAnyBytesAreReadOrRefusedAlike(@ForAll Random random) {
    byte[] string = new byte[2 + random.nextInt(24)];
    for (int i = 1; i < string.length - 1; i++) {
      // Mostly bytes that start or go on with a sequence of UTF-8.
      string[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 128 + random.nextInt(128));
    }
    string[0] = string[string.length - 1] = '"';

    agree(string);
  }

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void theSameBytesAreWrittenAndReadBack(@ForAll Random random) throws IOException {
    JsonNode tree = new JsonMaker(random).tree(DEPTH);
    byte[] written = json.toBytes(tree);

    Assume.that(!hasNameThatIsNoText(tree));
    boolean pairs = mapper.writeValueAsString(tree).codePoints().anyMatch(c -> c > 0xFFFF);
    if (!pairs) {
      assertThat(written)
          .asString(UTF_8)
          .isEqualTo(new String(mapper.writeValueAsBytes(tree), UTF_8));
    }
    assertThat(json.fromBytes(written, JsonNode.class))
        .isEqualTo(mapper.readTree(mapper.writeValueAsBytes(tree)));
    Statistics.label("pairs")
        .collect(pairs)
        .coverage(coverage -> coverage.check(false).percentage(share -> share > 30));
  }
}
