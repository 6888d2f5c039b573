package dev.tenfold.gateway.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A key of the configuration, for those who want no database. An empty list allows all.
 *
 * @param name what it is called in usage; no secret
 * @param key the secret: what callers send
 * @param tier the limits that it has, by name; empty for those of {@code access.default-tier}
 * @param rate calls a second, in place of the tier's; 0 for none of its own
 * @param burst calls at once; where it is 0 and there is a rate, one second's worth
 * @param chains the names of the chains that it may use
 * @param methods names of methods, or beginnings of names and a star
 * @param origins the origins of the web pages that may use it
 * @param addresses addresses or networks that it may be used from
 */
public record KeyConfig(
    String name,
    String key,
    String tier,
    int rate,
    int burst,
    List<String> chains,
    List<String> methods,
    List<String> origins,
    List<String> addresses) {
  private static final int MOST = 1_000_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9._~-]{8,200}");

  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s/?#@]+", Pattern.CASE_INSENSITIVE);

  public KeyConfig {
    chains = List.copyOf(chains);
    methods = List.copyOf(methods);
    origins = List.copyOf(origins);
    addresses = List.copyOf(addresses);
    Rules.all("name", List.of(name), NAME, "it has 1 to 64 letters, digits, ., _ and -");
    if (!SECRET.matcher(key).matches()) {
      throw new ConfigException("key", "must have 8 to 200 letters, digits, ., _, ~ and -");
    }
    Rules.methods("methods", methods);
    Rules.all("origins", origins, ORIGIN, "each must be an origin such as https://app.example");
    Rules.networks("addresses", addresses);
    Rules.range("rate", rate, 0, MOST);
    Rules.range("burst", burst, 0, MOST);
    if (burst > 0 && rate == 0) {
      throw Rules.refuse("burst", burst, "it needs a rate beside it");
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "KeyConfig[" + name + "]";
  }
}
