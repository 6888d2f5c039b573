package dev.tenfold.gateway.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Everything that an operator decides. Immutable; what is wrong is refused when it is made, with
 * the key, the value and the rule.
 *
 * @param server where callers are listened to
 * @param limits what callers may ask for, and how long anything may take
 * @param chains by name, at least one; the first also answers where a caller names none
 * @param methods which methods may be called
 * @param cache what answers are kept in
 * @param client the connections to nodes
 * @param access who may call, and how much
 * @param database where users, keys and usage are kept
 * @param usage how usage is written there
 * @param ops the port for operators
 * @param shutdown how the gateway stops
 */
public record Config(
    ServerConfig server,
    LimitsConfig limits,
    SequencedMap<String, ChainConfig> chains,
    MethodsConfig methods,
    CacheConfig cache,
    ClientConfig client,
    AccessConfig access,
    DatabaseConfig database,
    UsageConfig usage,
    OpsConfig ops,
    ShutdownConfig shutdown) {

  /** What nodes given by flags alone are called together. */
  public static final String MAIN = "main";

  private static final Pattern CHAIN_NAME = Pattern.compile("[a-z0-9-]+");

  public Config {
    chains = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(chains));
    if (chains.isEmpty()) {
      throw new ConfigException(
          "chains", "names no node; give one here or with --upstream http://127.0.0.1:8545");
    }
    chains.keySet().forEach(Config::checkName);
    for (KeyConfig key : access.keys()) {
      if (!chains.keySet().containsAll(key.chains())) {
        throw Rules.refuse(
            "access.keys", key.chains(), "its chains must be some of " + chains.keySet());
      }
    }
    if (ops.port() != 0 && ops.port() == server.port() && ops.host().equals(server.host())) {
      throw Rules.refuse("ops.port", ops.port(), "server.port is the same; they must differ");
    }
  }

  /**
   * Reads a file.
   *
   * @param file YAML 1.2 in UTF-8
   * @param environment what {@code ${NAME}} is taken from
   * @param flags go before what the file says
   * @throws ConfigException if it cannot be read, or says what cannot be
   */
  public static Config load(Path file, Map<String, String> environment, ConfigFlags flags) {
    String name = String.valueOf(file);
    return ConfigReader.read(name, decode(name, bytes(file)), environment, flags);
  }

  /** Reads a text, as {@link #load} reads a file. */
  public static Config of(String yaml, Map<String, String> environment, ConfigFlags flags) {
    return ConfigReader.read("", yaml, environment, flags);
  }

  /** Reads a text that stands for itself. */
  public static Config of(String yaml) {
    return of(yaml, Map.of(), ConfigFlags.NONE);
  }

  /** The defaults with the nodes and ports that the flags name. */
  public static Config of(ConfigFlags flags) {
    return of("", Map.of(), flags);
  }

  /**
   * Every value in force as YAML, with secrets masked. It can be loaded again once keys of callers
   * and the admin token, if there are any, are put back: the mask is refused as one.
   */
  public String print() {
    return ConfigPrinter.print(this);
  }

  private static void checkName(String name) {
    if (!CHAIN_NAME.matcher(name).matches() || name.equals("health")) {
      String rule = "a chain's name has only a-z, 0-9 and -, and is not health";
      throw new ConfigException("chains." + name, "cannot be called so; " + rule);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      throw ConfigException.of(file + ": there is no such file");
    } catch (IOException e) {
      throw ConfigException.of(file + ": it cannot be read: " + e.getMessage());
    }
  }

  private static String decode(String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw ConfigException.of(name + ": it is not valid UTF-8");
    }
  }
}
