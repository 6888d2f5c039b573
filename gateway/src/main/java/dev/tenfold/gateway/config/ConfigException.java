package dev.tenfold.gateway.config;

/**
 * A configuration that cannot be used. The message is one line that names the key, its value and
 * the rule, and the file and line where they are known. It never holds a secret.
 */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String complaint;

  ConfigException(String key, String complaint) {
    this(key + " " + complaint, key, complaint);
  }

  private ConfigException(String message, String key, String complaint) {
    super(message);
    this.key = key;
    this.complaint = complaint;
  }

  /** A complaint about the source as a whole, or about a line of it. */
  static ConfigException of(String message) {
    return new ConfigException(message, "", message);
  }

  String key() {
    return key;
  }

  /** The last part of the key: {@code port} for {@code server.port}. */
  String lastOfKey() {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** The same complaint, about the key where it stands in a source. */
  ConfigException at(String place, String fullKey) {
    return new ConfigException(place + fullKey + " " + complaint, fullKey, complaint);
  }
}
