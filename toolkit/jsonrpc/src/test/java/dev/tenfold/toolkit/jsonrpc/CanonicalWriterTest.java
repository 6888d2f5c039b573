package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalWriterTest {
  private final CanonicalWriter writer = new CanonicalWriter();

  private boolean write(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return writer.write(bytes, 0, bytes.length);
  }

  private String written() {
    return new String(writer.array(), 0, writer.length(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ` [ 1 , -0 , 1E2, 1.50 ] `                     | [1,-0,1E2,1.50]
          [true, false, null, {}, [], ""]                | [true,false,null,{},[],""]
          ` { "b" : 1 , "a" : 2 } `                      | {"a":2,"b":1}
          {"b":{"d":1,"c":[{"z":1,"y":2}]},"a":{}}       | {"a":{},"b":{"c":[{"y":2,"z":1}],"d":1}}
          {"b":1,"":2,"ab":3,"a":4}                      | {"":2,"a":4,"ab":3,"b":1}
          "\\u0041\\/\\b\\n\\u001F\\"\\\\\\u00e9"        | "A/\\u0008\\u000a\\u001f\\"\\\\é"
          "\\uD83D\\uDE00😀"                             | "😀😀"
          "\\uD83D\\u0041\\uDE00"                        | "\\ud83dA\\ude00"
          "0xABCdef09"                                   | "0xabcdef09"
          "0xA\\u0042"                                   | "0xab"
          "0x"                                           | "0x"
          "0XAB"                                         | "0XAB"
          "0xABG"                                        | "0xABG"
          "0xAB "                                        | "0xAB "
          "Latest"                                       | "Latest"
          {"0xB":1,"0xa":2}                              | {"0xa":2,"0xb":1}
          """)
  void theFormIsThis(String json, String canonical) {
    assertThat(write(json)).isTrue();
    assertThat(written()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"b\":1,\"a\":1,\"c\":1,\"b\":1}",
        "[{\"a\":1,\"\\u0061\":1}]",
        "{\"0xAB\":1,\"0xab\":1}",
        "{\"to\":1,\"data\":2,\"TO\":1}",
        "{\"x\":{\"a\":1,\"a\":1}}",
        "{\"é\":1,\"\\u00e9\":1}",
        "{\"a\":1",
        "[1,]",
        "",
        "1 2"
      })
  void whatHasTwoMembersOfOneNameOrIsNotValidHasNoForm(String json) {
    assertThat(write(json)).isFalse();
  }

  @Test
  void membersOfOneNameInDifferentObjectsAreNoDuplicates() {
    assertThat(write("[{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}},{\"a\":1}]")).isTrue();
  }

  @Test
  void valuesAreAppendedToWhatIsThere() {
    writer.put((byte) 'm');
    writer.put("xyz".getBytes(UTF_8), 1, 3);
    assertThat(write("{\"b\":1, \"a\":2}")).isTrue();
    assertThat(write("[1 ,2]")).isTrue();
    assertThat(written()).isEqualTo("myz{\"a\":2,\"b\":1}[1,2]");

    writer.reset();
    assertThat(writer.length()).isZero();
  }

  @Test
  void aWriterCanBeUsedAfterItRefused() {
    assertThat(write("{\"x\":{\"a\":1,\"a\":1}}")).isFalse();
    writer.reset();
    assertThat(write("{\"b\":{\"d\":1,\"c\":2},\"a\":1}")).isTrue();
    assertThat(written()).isEqualTo("{\"a\":1,\"b\":{\"c\":2,\"d\":1}}");
  }

  @Test
  void theHashFollowsTheBytesAndNothingElse() {
    write("{\"a\":\"0xAA\", \"b\":2}");
    int hash = writer.hash();
    CanonicalWriter other = new CanonicalWriter();
    byte[] same = "{\"b\":2,\"a\":\"0xaa\"}".getBytes(UTF_8);
    assertThat(other.write(same, 0, same.length)).isTrue();
    assertThat(other.hash()).isEqualTo(hash);

    long distinct =
        IntStream.range(0, 10_000)
            .map(
                i -> {
                  writer.reset();
                  write("[" + i + "]");
                  return writer.hash();
                })
            .distinct()
            .count();
    assertThat(distinct).isGreaterThan(9_990);
  }

  @Test
  void manyMembersAreSorted() {
    List<String> names =
        IntStream.range(0, 50_000).mapToObj("\"%06d\":0"::formatted).collect(Collectors.toList());
    String ordered = "{" + String.join(",", names) + "}";
    Collections.shuffle(names, new Random(1));

    assertThat(write("{" + String.join(" , ", names) + "}")).isTrue();
    assertThat(written()).isEqualTo(ordered);
  }

  @Test
  void depthIsLimited() {
    int depth = CanonicalWriter.MAX_DEPTH;
    assertThat(write("[".repeat(depth) + "]".repeat(depth))).isTrue();
    writer.reset();
    assertThat(write("[".repeat(depth + 1) + "]".repeat(depth + 1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"0xA1\", \"latest\" ] | \"latest\" | [\"0xa1\",\"0xc8\"]",
        "[{\"b\":{\"blockNumber\":\"0x1\"},\"a\":1}] | {\"blockN | [{\"a\":1,\"b\":\"0xc8\"}]",
        "[null,true] | null | [\"0xc8\",true]"
      })
  void aQuantityStandsInPlaceOfTheValueThatBeginsThere(String json, String at, String form) {
    writer.reset();
    writer.quantityAt(json.indexOf(at), 200);

    assertThat(write(json)).isTrue();
    assertThat(written()).isEqualTo(form);
  }

  @Test
  void twoValuesCanBeReplacedAndAResetForgetsThem() {
    String json = "[1,2,3]";
    writer.quantityAt(1, 0);
    writer.quantityAt(5, Long.MAX_VALUE);
    assertThatThrownBy(() -> writer.quantityAt(3, 1)).isInstanceOf(IllegalStateException.class);

    assertThat(write(json)).isTrue();
    assertThat(written()).isEqualTo("[\"0x0\",2,\"0x7fffffffffffffff\"]");
    writer.reset();
    assertThat(write(json)).isTrue();
    assertThat(written()).isEqualTo(json);
  }

  @Test
  void theLastByteCanBeTakenBackToAddSomething() {
    assertThatThrownBy(writer::takeBack).isInstanceOf(IllegalStateException.class);
    write("[1]");
    writer.takeBack();
    writer.put((byte) ',');
    writer.putQuantity(31);
    writer.put((byte) ']');

    assertThat(written()).isEqualTo("[1,\"0x1f\"]");
  }
}
