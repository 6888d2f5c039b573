package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.tenfold.toolkit.json.NameTable.Name;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameSequenceTest {
  private static final TypeReference<Map<String, Integer>> MEMBERS = new TypeReference<>() {};

  private final NameTable table = new NameTable(16, 64);
  private final NameSequence sequence = new NameSequence();

  private Name kept(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    table.get(bytes, 0, bytes.length);
    table.get(bytes, 0, bytes.length);
    return Objects.requireNonNull(table.find(bytes, 0, bytes.length));
  }

  private @Nullable Name guess(String behindTheQuote) {
    byte[] bytes = behindTheQuote.getBytes(UTF_8);
    return sequence.guess(bytes, 0, bytes.length);
  }

  @Test
  void theNameThatCameAfterTheLastOneIsGuessed() {
    Name number = kept("number");
    Name hash = kept("hash");
    sequence.learn(number);
    sequence.learn(hash);

    sequence.start();
    assertThat(guess("number\":1")).isSameAs(number);
    assertThat(guess("hash\":2")).isSameAs(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "n", "numbe", "number", "numbers\":1", "numbe\":1", "Number\":1"})
  void whatIsNotThatNameIsNotTakenForIt(String text) {
    sequence.learn(kept("number"));
    sequence.start();

    assertThat(guess(text)).isNull();
    assertThat(guess("number\":1")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "seven77", "eight888", "nine99999", "a name of more than sixteen"})
  void namesOfEachLengthAreComparedInFull(String text) {
    sequence.learn(kept(text));
    sequence.start();
    String other = text.isEmpty() ? "x" : text.substring(0, text.length() - 1) + "\u007f";

    assertThat(guess(other + "\"")).isNull();
    assertThat(guess(text + "\"")).isNotNull();
  }

  @Test
  void aNameEndsAtTheEndOfTheMessageAndNotBehindIt() {
    sequence.learn(kept("number"));
    sequence.start();
    byte[] bytes = "number\"".getBytes(UTF_8);

    assertThat(sequence.guess(bytes, 0, bytes.length - 1)).isNull();
    assertThat(sequence.guess(bytes, 0, bytes.length)).isNotNull();
  }

  @Test
  void membersThatChangePlacesAreReadAsTheyStand() {
    Json json = Json.create();
    for (String message :
        List.of(
            "{\"a\":1,\"b\":2,\"c\":3}",
            "{\"a\":1,\"b\":2,\"c\":3}",
            "{\"a\":1,\"b\":2,\"c\":3}",
            "{\"c\":3,\"a\":1,\"b\":2}",
            "{\"b\" : 2, \"\\u0061\":1, \"c\":3}",
            "{\"c\":3,\"b\":2,\"a\":1}")) {
      assertThat(json.fromBytes(message.getBytes(UTF_8), MEMBERS))
          .isEqualTo(Map.of("a", 1, "b", 2, "c", 3));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(json.fromBytes("{\"a\":1,\"bb\":2,\"c\":3}".getBytes(UTF_8), MEMBERS))
          .isEqualTo(Map.of("a", 1, "bb", 2, "c", 3));
    }
  }

  @Test
  void aValueThatIsKeptIsNoNameThatIsAllowed() {
    Json json = Json.builder().maxNameLength(4).internValuesOf("kind").build();
    byte[] value = "{\"kind\":\"longer than four\"}".getBytes(UTF_8);
    TypeReference<Map<String, String>> texts = new TypeReference<>() {};
    for (int i = 0; i < 3; i++) {
      json.fromBytes(value, texts);
    }

    byte[] name = "{\"longer than four\":\"x\"}".getBytes(UTF_8);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> json.fromBytes(name, texts))
          .isInstanceOf(JsonException.class)
          .hasMessageContaining("name is longer than 4 bytes");
    }
  }
}
