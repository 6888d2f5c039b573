package dev.tenfold.gateway.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockHashTest {
  private static final String DIGITS =
      "0123456789abcdeffedcba98765432100011223344556677ffeeddccbbaa9988";

  private static BlockHash parse(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    BlockHash hash = BlockHash.parse(bytes, 0, bytes.length);
    assertThat(hash).as(json).isNotNull();
    return hash;
  }

  @Test
  void itIsReadInEitherCaseAndWrittenInLowerCase() {
    BlockHash hash = parse("\"0x" + DIGITS.toUpperCase(java.util.Locale.ROOT) + "\"");

    assertThat(hash).isEqualTo(parse("\"0x" + DIGITS + "\""));
    assertThat(hash).hasToString("0x" + DIGITS);
    assertThat(new String(hash.json(), StandardCharsets.US_ASCII))
        .isEqualTo("\"0x" + DIGITS + "\"")
        .hasSize(BlockHash.JSON_LENGTH);
    assertThat(hash.a()).isEqualTo(0x0123456789abcdefL);
    assertThat(hash.d()).isEqualTo(0xffeeddccbbaa9988L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "\"0x\"",
        "\"" + DIGITS + "\"",
        "\"0x" + DIGITS + "0\"",
        "\"0X" + DIGITS + "\"",
        "\"0x0123456789abcdeffedcba98765432100011223344556677ffeeddccbbaa998g\""
      })
  void whatIsNoHashIsNone(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

    assertThat(BlockHash.parse(bytes, 0, bytes.length)).isNull();
  }

  @Property
  void whatIsWrittenIsRead(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
    BlockHash hash = new BlockHash(a, b, c, d);

    assertThat(BlockHash.parse(hash.json(), 0, hash.json().length)).isEqualTo(hash);
  }
}
