package dev.tenfold.gateway.config;

import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** The rules that several records share. Each refuses with the key, the value and the rule. */
final class Rules {
  /** Timers and sums of times stay far from overflow, and a typing error is found. */
  static final Duration LONGEST = Duration.ofHours(24);

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]+");

  private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9_.:-]+\\*?|\\*");
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

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

  /** Names of methods, or beginnings of names. */
  static void methods(String key, Collection<String> values) {
    all(key, values, METHOD, "each must be a method's name, or the beginning of names and *");
  }

  /** IP addresses, or networks in CIDR notation. */
  static void networks(String key, List<String> values) {
    for (String value : values) {
      if (!isNetwork(value)) {
        String rule = "each must be an IP address, or a network such as 10.0.0.0/8";
        throw refuse(key, quoted(value), rule);
      }
    }
  }

  private static boolean isNetwork(String value) {
    int slash = value.indexOf('/');
    byte[] address =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? value : value.substring(0, slash));
    if (address == null || slash < 0) {
      return address != null;
    }
    String bits = value.substring(slash + 1);
    return BITS.matcher(bits).matches() && Integer.parseInt(bits) <= 8 * address.length;
  }

  static void all(String key, Collection<String> values, Pattern pattern, String rule) {
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
