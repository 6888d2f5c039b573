package dev.tenfold.gateway.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {
  /** For how long a node that does not say is left alone. */
  static final int DEFAULT_SECONDS = 1;

  /** No node is left alone for longer, whatever it says. */
  static final int MAX_SECONDS = 60;

  private RetryAfter() {}

  /** Between 1 and {@link #MAX_SECONDS}; {@link #DEFAULT_SECONDS} for what can't be read. */
  static int seconds(@Nullable String header, InstantSource clock) {
    if (header == null) {
      return DEFAULT_SECONDS;
    }
    String value = header.strip();
    long seconds = isNumber(value) ? number(value) : untilDate(value, clock);
    return Math.clamp(seconds, DEFAULT_SECONDS, MAX_SECONDS);
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String digits) {
    return digits.length() > 4 ? MAX_SECONDS : Long.parseLong(digits);
  }

  private static long untilDate(String value, InstantSource clock) {
    try {
      ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Duration.between(clock.instant(), date.toInstant()).plusMillis(999).toSeconds();
    } catch (DateTimeException e) {
      return DEFAULT_SECONDS;
    }
  }
}
