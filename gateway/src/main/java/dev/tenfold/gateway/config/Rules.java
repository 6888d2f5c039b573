package dev.tenfold.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The rules that several records share. Each refuses with the key, the value and the rule. */
final class Rules {
  /** Timers and sums of times stay far from overflow, and a typing error is found. */
  static final Duration LONGEST = Duration.ofHours(24);

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]+");

  private Rules() {}

  static void range(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw refuse(key, value, "it must be from " + least + " to " + most);
    }
  }

  static void range(String key, DataSize value, DataSize least, DataSize most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refuse(key, value, "it must be from " + least + " to " + most);
    }
  }

  static void range(String key, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      String rule = "from " + Durations.format(least) + " to " + Durations.format(LONGEST);
      throw refuse(key, Durations.format(value), "it must be " + rule);
    }
  }

  static void host(String key, String value) {
    if (!HOST.matcher(value).matches()) {
      throw refuse(key, quoted(value), "it must be a host name or an IP address");
    }
  }

  static void all(String key, List<String> values, Pattern pattern, String rule) {
    for (String value : values) {
      if (!pattern.matcher(value).matches()) {
        throw refuse(key, quoted(value), rule);
      }
    }
  }

  static ConfigException refuse(String key, Object value, String rule) {
    return new ConfigException(key, "is " + value + "; " + rule);
  }

  static String quoted(String value) {
    return '"' + value + '"';
  }
}
