package dev.tenfold.gateway.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/** Reads the configuration's YAML into its records. */
final class ConfigReader {
  private final YamlSource source;
  private final ConfigFlags flags;

  private ConfigReader(YamlSource source, ConfigFlags flags) {
    this.source = source;
    this.flags = flags;
  }

  static Config read(String name, String yaml, Map<String, String> environment, ConfigFlags flags) {
    YamlSource source = new YamlSource(name, new Environment(environment));
    return new ConfigReader(source, flags).config(Section.root(source, source.compose(yaml)));
  }

  private Config config(Section root) {
    ServerConfig server = server(root.section("server"));
    LimitsConfig limits = limits(root.section("limits"));
    SequencedMap<String, ChainConfig> chains = chains(root.section("chains"));
    MethodsConfig methods = methods(root.section("methods"));
    CacheConfig cache = cache(root.section("cache"));
    ClientConfig client = client(root.section("client"));
    AccessConfig access = AccessReader.read(root.section("access"));
    DatabaseConfig database = database(root.section("database"));
    UsageConfig usage = usage(root.section("usage"));
    OpsConfig ops = ops(root.section("ops"));
    ShutdownConfig shutdown = shutdown(root.section("shutdown"));
    return root.build(
        () ->
            new Config(
                server, limits, chains, methods, cache, client, access, database, usage, ops,
                shutdown));
  }

  private ServerConfig server(Section section) {
    ServerConfig byDefault = ServerConfig.DEFAULT;
    String host = section.text("host", byDefault.host());
    int port = section.integer("port", byDefault.port());
    List<String> corsOrigins = section.texts("cors-origins");
    TlsConfig tls = tls(section.section("tls"));
    flags.port().ifPresent(_ -> source.forget("server.port"));
    return section.build(() -> new ServerConfig(host, flags.port().orElse(port), corsOrigins, tls));
  }

  private TlsConfig tls(Section section) {
    String certificate = file(section, "certificate");
    String key = file(section, "key");
    return section.build(() -> new TlsConfig(certificate, key));
  }

  /** The name of a file, which begins in the data folder if it is relative; empty for none. */
  private String file(Section section, String name) {
    String text = section.text(name, "");
    return text.isEmpty() ? "" : flags.data().resolve(text).toString();
  }

  private static LimitsConfig limits(Section section) {
    LimitsConfig byDefault = LimitsConfig.DEFAULT;
    var body = section.size("body", byDefault.body());
    var batch = section.integer("batch", byDefault.batch());
    var buffered = section.size("buffered", byDefault.buffered());
    var answer = section.size("answer", byDefault.answer());
    var inFlight = section.size("in-flight", byDefault.inFlight());
    var headers = section.size("headers", byDefault.headers());
    var depth = section.integer("depth", byDefault.depth());
    var connections = section.integer("connections", byDefault.connections());
    var arrival = section.duration("arrival", byDefault.arrival());
    var idle = section.duration("idle", byDefault.idle());
    var call = section.duration("call-timeout", byDefault.callTimeout());
    var attempt = section.duration("attempt-timeout", byDefault.attemptTimeout());
    return section.build(
        () ->
            new LimitsConfig(
                body,
                batch,
                buffered,
                answer,
                inFlight,
                headers,
                depth,
                connections,
                arrival,
                idle,
                call,
                attempt));
  }

  private SequencedMap<String, ChainConfig> chains(Section section) {
    SequencedMap<String, ChainConfig> chains = new LinkedHashMap<>();
    section.all().forEach((name, chain) -> chains.put(name, chain(chain, chains.isEmpty())));
    if (chains.isEmpty() && !flags.upstreams().isEmpty()) {
      chains.put(
          Config.MAIN, new ChainConfig(OptionalLong.empty(), OptionalLong.empty(), flags.nodes()));
    }
    return chains;
  }

  private ChainConfig chain(Section section, boolean first) {
    OptionalLong chainId = number(section, "chain-id");
    OptionalLong finalityDepth = number(section, "finality-depth");
    List<UpstreamConfig> listed =
        section.list("upstreams").stream().map(ConfigReader::upstream).toList();
    List<UpstreamConfig> upstreams = first && !flags.upstreams().isEmpty() ? flags.nodes() : listed;
    return section.build(() -> new ChainConfig(chainId, finalityDepth, upstreams));
  }

  private static OptionalLong number(Section section, String key) {
    return section.number(key).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private static UpstreamConfig upstream(Section section) {
    Optional<String> url = section.optional("url");
    int weight = section.integer("weight", 1);
    boolean backup = section.flag("backup", false);
    Map<String, String> headers = section.textMap("headers");
    return section.build(() -> new UpstreamConfig(url(url), weight, backup, headers));
  }

  private static URI url(Optional<String> url) {
    return UpstreamConfig.parse(
        url.orElseThrow(() -> new ConfigException("url", "is missing; a node needs one")));
  }

  private static MethodsConfig methods(Section section) {
    List<String> allow = section.texts("allow");
    List<String> deny = section.texts("deny");
    return section.build(() -> new MethodsConfig(allow, deny));
  }

  private static CacheConfig cache(Section section) {
    DataSize memory = section.size("memory", CacheConfig.DEFAULT.memory());
    return section.build(() -> new CacheConfig(memory));
  }

  private static ClientConfig client(Section section) {
    ClientConfig byDefault = ClientConfig.DEFAULT;
    var clients = section.integer("clients", byDefault.clients());
    var idle = section.integer("idle", byDefault.idle());
    var perOrigin = section.integer("idle-per-origin", byDefault.idlePerOrigin());
    var idleTime = section.duration("idle-time", byDefault.idleTime());
    var connections = section.integer("connections", byDefault.connections());
    var waiting = section.integer("waiting", byDefault.waiting());
    var connect = section.duration("connect-timeout", byDefault.connectTimeout());
    return section.build(
        () -> new ClientConfig(clients, idle, perOrigin, idleTime, connections, waiting, connect));
  }

  private static DatabaseConfig database(Section section) {
    String url = section.text("url", DatabaseConfig.DEFAULT.url());
    return section.build(() -> new DatabaseConfig(url));
  }

  private static UsageConfig usage(Section section) {
    var interval = section.duration("interval", UsageConfig.DEFAULT.interval());
    var spool = section.size("spool", UsageConfig.DEFAULT.spool());
    return section.build(() -> new UsageConfig(interval, spool));
  }

  private OpsConfig ops(Section section) {
    OpsConfig byDefault = OpsConfig.DEFAULT;
    String host = section.text("host", byDefault.host());
    int port = section.integer("port", byDefault.port());
    String adminToken = section.text("admin-token", byDefault.adminToken());
    AccessLog accessLog =
        section
            .parsed("access-log", text -> AccessLog.parse(text, flags.data()))
            .orElse(byDefault.accessLog());
    flags.opsPort().ifPresent(_ -> source.forget("ops.port"));
    return section.build(
        () -> new OpsConfig(host, flags.opsPort().orElse(port), adminToken, accessLog));
  }

  private static ShutdownConfig shutdown(Section section) {
    ShutdownConfig byDefault = ShutdownConfig.DEFAULT;
    var delay = section.duration("delay", byDefault.delay());
    var timeout = section.duration("timeout", byDefault.timeout());
    return section.build(() -> new ShutdownConfig(delay, timeout));
  }
}
