package dev.tenfold.gateway.accounts;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is, as {@code database.url} of the configuration says. Immutable. What is
 * secret in it is in no text that it gives: {@code toString} names the file, or host and database.
 */
public sealed interface DatabaseUrl {

  /** A file of SQLite. */
  record Sqlite(Path file) implements DatabaseUrl {
    @Override
    public String toString() {
      return "sqlite:" + file;
    }
  }

  /**
   * A database of PostgreSQL.
   *
   * @param address hosts, ports and database: {@code host:5432/tenfold}
   * @param parameters those of pgjdbc, as {@code sslmode=require}; empty if there are none
   */
  record Postgres(
      String address, String parameters, @Nullable String user, @Nullable String password)
      implements DatabaseUrl {
    String jdbcUrl() {
      return "jdbc:postgresql://" + address + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    @Override
    public String toString() {
      return "postgresql://" + address;
    }
  }

  /**
   * Reads {@code sqlite:FILE} (relative to the data folder, or absolute) or {@code
   * postgresql://user:password@host:port/database?parameters}. User and password may be
   * percent-encoded, and must be where they have one of {@code @ : / ? %}. Several hosts may stand
   * with commas between them.
   *
   * @throws IllegalArgumentException if it is neither; the message has nothing of the URL
   */
  static DatabaseUrl parse(String url, Path dataFolder) {
    if (url.startsWith("sqlite:")) {
      return sqlite(url.substring("sqlite:".length()), dataFolder);
    }
    for (String scheme : new String[] {"postgresql://", "postgres://"}) {
      if (url.startsWith(scheme)) {
        return postgres(url.substring(scheme.length()));
      }
    }
    throw new IllegalArgumentException(
        "must be sqlite:FILE or postgresql://user:password@host:port/database");
  }

  private static DatabaseUrl sqlite(String file, Path dataFolder) {
    if (file.isBlank() || file.startsWith(":") || file.startsWith("//") || file.contains("?")) {
      throw new IllegalArgumentException("must name a file: sqlite:tenfold.db");
    }
    try {
      return new Sqlite(dataFolder.resolve(file).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must name a file: sqlite:tenfold.db", e);
    }
  }

  private static DatabaseUrl postgres(String rest) {
    int question = rest.indexOf('?');
    String parameters = question < 0 ? "" : rest.substring(question + 1);
    String place = question < 0 ? rest : rest.substring(0, question);
    int at = place.lastIndexOf('@');
    String address = place.substring(at + 1);
    int slash = address.indexOf('/');
    if (slash < 1 || slash == address.length() - 1 || address.indexOf('/', slash + 1) >= 0) {
      throw new IllegalArgumentException(
          "must name host and database: postgresql://user:password@host:port/database");
    }
    if (at < 0) {
      return new Postgres(address, parameters, null, null);
    }
    String login = place.substring(0, at);
    int colon = login.indexOf(':');
    return colon < 0
        ? new Postgres(address, parameters, decoded(login), null)
        : new Postgres(
            address,
            parameters,
            decoded(login.substring(0, colon)),
            decoded(login.substring(colon + 1)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message has a piece of the password.
      throw new IllegalArgumentException(
          "user and password must be percent-encoded where they have a %");
    }
  }
}
