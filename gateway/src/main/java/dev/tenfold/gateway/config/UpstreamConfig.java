package dev.tenfold.gateway.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A node. Its address and headers are secrets, since they carry keys: {@link #toString} shows
 * neither.
 *
 * @param url http or https
 * @param weight its share of the calls among nodes that are equally well
 * @param backup asked only when no other node is well
 * @param headers sent with every call, in the order given
 */
public record UpstreamConfig(URI url, int weight, boolean backup, Map<String, String> headers) {
  private static final String AUTH = "authorization";
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  public UpstreamConfig {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new ConfigException("url", "must begin with http:// or https://");
    }
    if (url.getHost() == null || url.getPort() > 65_535 || url.getPort() == 0) {
      throw new ConfigException("url", "must name a host, and a port from 1 to 65535 if any");
    }
    if (url.getRawFragment() != null) {
      throw new ConfigException("url", "must not have a fragment (#...)");
    }
    Rules.range("weight", weight, 1, 1_000);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    headers.forEach(UpstreamConfig::checkHeader);
    if (url.getRawUserInfo() != null
        && headers.keySet().stream().anyMatch(AUTH::equalsIgnoreCase)) {
      throw new ConfigException("headers", "has Authorization, and so has the URL of the node");
    }
  }

  /**
   * A node with weight 1 and no headers.
   *
   * @throws ConfigException if the text is not the URL of a node
   */
  public static UpstreamConfig of(String url) {
    return new UpstreamConfig(parse(url), 1, false, Map.of());
  }

  static URI parse(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException _) {
      throw new ConfigException("url", "is not a valid URL (it is not shown: it may hold a key)");
    }
  }

  /** What goes with every call: the headers, and user and password of the URL (RFC 7617). */
  public Map<String, String> requestHeaders() {
    String user = url.getUserInfo();
    if (user == null) {
      return headers;
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    byte[] credentials = user.getBytes(StandardCharsets.UTF_8);
    all.put(AUTH, "Basic " + Base64.getEncoder().encodeToString(credentials));
    return Collections.unmodifiableMap(all);
  }

  /** The URL with all that may be a key replaced by {@code ***}; it still reads as a URL. */
  public String maskedUrl() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String origin = url.getScheme() + "://" + url.getHost() + port;
    String path = url.getRawPath();
    boolean plain =
        (path.isEmpty() || path.equals("/"))
            && url.getRawQuery() == null
            && url.getRawUserInfo() == null;
    return plain ? origin : origin + "/***";
  }

  @Override
  public String toString() {
    return "UpstreamConfig[url="
        + maskedUrl()
        + ", weight="
        + weight
        + ", backup="
        + backup
        + ", headers="
        + headers.keySet()
        + "]";
  }

  private static void checkHeader(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()) {
      throw new ConfigException(
          "headers", "has the name \"" + name + "\", which no header can have");
    }
    if (!HEADER_VALUE.matcher(value).matches()) {
      throw new ConfigException("headers", "has a value of " + name + " that no header can have");
    }
  }
}
