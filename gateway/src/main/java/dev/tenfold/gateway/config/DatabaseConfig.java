package dev.tenfold.gateway.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where users, keys and usage are kept.
 *
 * @param url {@code sqlite:FILE}, {@code postgresql://user:password@host/name}, or empty for none;
 *     a secret, since it may hold a password
 */
public record DatabaseConfig(String url) {
  private static final Pattern URL = Pattern.compile("(sqlite:.+|postgres(ql)?://.+)?");
  private static final Pattern PASSWORD = Pattern.compile("(?<=://).*(?=@)");

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

  /** The URL without user, password and what follows a question mark. */
  public String maskedUrl() {
    Matcher secret = PASSWORD.matcher(url);
    String masked = secret.replaceFirst("***");
    int query = url.startsWith("sqlite:") ? -1 : masked.indexOf('?');
    return query < 0 ? masked : masked.substring(0, query) + "?***";
  }

  @Override
  public String toString() {
    return "DatabaseConfig[" + maskedUrl() + "]";
  }
}
