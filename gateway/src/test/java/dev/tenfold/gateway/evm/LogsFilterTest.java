package dev.tenfold.gateway.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The block has one log, with one address and one topic. */
class LogsFilterTest {
  private static final String ADDRESS = "0x" + "0f".repeat(20);
  private static final String TOPIC = "0x" + "1a".repeat(32);

  private final LogsBloom bloom = bloom(ADDRESS, TOPIC);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | true",
        "{\"address\":\"A\"} | true",
        "{\"address\":\"X\"} | false",
        "{\"address\":[\"X\",\"A\"]} | true",
        "{\"address\":[]} | true",
        "{\"address\":null,\"topics\":null} | true",
        "{\"topics\":[\"T\"]} | true",
        "{\"topics\":[\"Y\"]} | false",
        "{\"topics\":[null,\"T\"]} | true",
        "{\"topics\":[[\"Y\",\"T\"]]} | true",
        "{\"topics\":[\"T\",\"Y\"]} | false",
        "{\"topics\":[[]]} | true",
        "{\"address\":\"A\",\"topics\":[\"Y\"]} | false",
        "{\"address\":5} | false",
        "{\"address\":\"0xzz\"} | false"
      })
  void isHeldAgainstTheBloom(String filter, boolean may) {
    String written =
        filter
            .replace("\"A\"", '"' + ADDRESS + '"')
            .replace("\"X\"", "\"0x" + "22".repeat(20) + '"')
            .replace("\"T\"", '"' + TOPIC + '"')
            .replace("\"Y\"", "\"0x" + "33".repeat(32) + '"');

    assertThat(mayMatch("[" + written + "]", bloom)).isEqualTo(may);
    assertThat(mayMatch("[" + written + "]", LogsBloom.EMPTY)).isFalse();
    assertThat(mayMatch("[" + written + "]", LogsBloom.UNKNOWN)).isFalse();
  }

  private static boolean mayMatch(String params, LogsBloom bloom) {
    byte[] json = params.getBytes(StandardCharsets.UTF_8);
    return LogsFilter.mayMatch(json, 0, json.length, bloom);
  }

  private static LogsBloom bloom(String... values) {
    BigInteger bits = BigInteger.ZERO;
    for (String value : values) {
      byte[] hash = Keccak.hash(HexFormat.of().parseHex(value, 2, value.length()));
      for (int pair = 0; pair < 6; pair += 2) {
        bits = bits.setBit(((hash[pair] & 7) << 8) | (hash[pair + 1] & 0xff));
      }
    }
    byte[] json = "\"0x%0512x\"".formatted(bits).getBytes(StandardCharsets.UTF_8);
    return LogsBloom.parse(json, 0, json.length);
  }
}
