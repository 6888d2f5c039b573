package dev.tenfold.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00.500Z"));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "7, 7",
        "` 7 `, 7",
        "0, 1",
        "61, 60",
        "99999999999999999999, 60",
        "-5, 1",
        "soon, 1",
        "`Thu, 01 Jan 2026 00:00:20 GMT`, 20",
        "`Thu, 01 Jan 2026 09:00:00 GMT`, 60",
        "`Thu, 01 Jan 2015 00:00:00 GMT`, 1",
      })
  void isReadAsSecondsOrAsADateAndBounded(String header, int seconds) {
    assertThat(RetryAfter.seconds(header, CLOCK)).isEqualTo(seconds);
  }

  @Test
  void withoutTheHeaderTheRestIsShort() {
    assertThat(RetryAfter.seconds(null, CLOCK)).isEqualTo(RetryAfter.DEFAULT_SECONDS);
  }
}
