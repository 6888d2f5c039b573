package dev.tenfold.gateway.config;

import java.util.regex.Pattern;

/**
 * Where users, keys and usage are kept.
 *
 * @param url {@code sqlite:FILE}, {@code postgresql://user:password@host/name}, or empty for none;
 *     a secret, since it may hold a password
 */
public record DatabaseConfig(String url) {
  private static final Pattern URL = Pattern.compile("(sqlite:.+|postgres(ql)?://.+)?");

  private static final int SLASHES = 3;

  public static final DatabaseConfig DEFAULT = new DatabaseConfig("sqlite:tenfold.db");

  public DatabaseConfig {
    if (!URL.matcher(url).matches()) {
      throw new ConfigException("url", "must begin with sqlite: or postgresql://, or be empty");
    }
  }

  /** True if there is one. */
  public boolean isOn() {
    return !url.isEmpty();
  }

  /**
   * The URL without user, password and what follows a question mark. A password may hold any
   * character: of a URL in which it is not certain where it ends, only the beginning is left.
   */
  public String maskedUrl() {
    int from = url.indexOf("://") + SLASHES;
    if (url.startsWith("sqlite:") || from < SLASHES) {
      return url;
    }
    int at = url.lastIndexOf('@');
    int query = url.indexOf('?', from);
    if (at >= 0 && query >= 0 && query < at) {
      return url.substring(0, from) + "***";
    }
    int end = query < 0 ? url.length() : query;
    String host = at < 0 ? url.substring(from, end) : "***" + url.substring(at, end);
    return url.substring(0, from) + host + (query < 0 ? "" : "?***");
  }

  @Override
  public String toString() {
    return "DatabaseConfig[" + maskedUrl() + "]";
  }
}
