package dev.tenfold.gateway.config;

import java.time.Duration;
import java.util.List;

/** Writes the configuration as YAML that {@link ConfigReader} reads, with secrets masked. */
final class ConfigPrinter {
  private final StringBuilder yaml = new StringBuilder();

  private ConfigPrinter() {}

  static String print(Config config) {
    ConfigPrinter printer = new ConfigPrinter();
    printer.server(config.server());
    printer.limits(config.limits());
    printer.line(0, "chains:");
    config.chains().forEach(printer::chain);
    printer.line(0, "methods:");
    printer.value(1, "allow", texts(config.methods().allow()));
    printer.value(1, "deny", texts(config.methods().deny()));
    printer.line(0, "cache:");
    printer.value(1, "memory", config.cache().memory());
    printer.client(config.client());
    printer.line(0, "access:");
    AccessPrinter.lines(config.access()).forEach(line -> printer.line(1, line));
    printer.line(0, "database:");
    printer.value(1, "url", quoted(config.database().maskedUrl()));
    printer.line(0, "usage:");
    printer.value(1, "interval", config.usage().interval());
    printer.value(1, "spool", config.usage().spool());
    printer.line(0, "ops:");
    printer.value(1, "host", text(config.ops().host()));
    printer.value(1, "port", config.ops().port());
    printer.value(1, "admin-token", config.ops().adminToken().isEmpty() ? "\"\"" : "\"***\"");
    printer.value(1, "access-log", text(config.ops().accessLog().toString()));
    printer.line(0, "shutdown:");
    printer.value(1, "delay", config.shutdown().delay());
    printer.value(1, "timeout", config.shutdown().timeout());
    return printer.yaml.toString();
  }

  private void server(ServerConfig server) {
    line(0, "server:");
    value(1, "host", text(server.host()));
    value(1, "port", server.port());
    value(1, "cors-origins", texts(server.corsOrigins()));
    line(1, "tls:");
    value(2, "certificate", text(server.tls().certificate()));
    value(2, "key", text(server.tls().key()));
  }

  private void limits(LimitsConfig limits) {
    line(0, "limits:");
    value(1, "body", limits.body());
    value(1, "batch", limits.batch());
    value(1, "buffered", limits.buffered());
    value(1, "answer", limits.answer());
    value(1, "in-flight", limits.inFlight());
    value(1, "headers", limits.headers());
    value(1, "depth", limits.depth());
    value(1, "connections", limits.connections());
    value(1, "arrival", limits.arrival());
    value(1, "idle", limits.idle());
    value(1, "call-timeout", limits.callTimeout());
    value(1, "attempt-timeout", limits.attemptTimeout());
  }

  private void chain(String name, ChainConfig chain) {
    line(1, text(name) + ":");
    chain.chainId().ifPresent(id -> value(2, "chain-id", id));
    chain.finalityDepth().ifPresent(depth -> value(2, "finality-depth", depth));
    line(2, "upstreams:");
    chain.upstreams().forEach(this::upstream);
  }

  private void upstream(UpstreamConfig upstream) {
    line(3, "- url: " + text(upstream.maskedUrl()));
    value(4, "weight", upstream.weight());
    value(4, "backup", upstream.backup());
    if (upstream.headers().isEmpty()) {
      line(4, "headers: {}");
      return;
    }
    line(4, "headers:");
    upstream.headers().keySet().forEach(name -> value(5, text(name), text("***")));
  }

  private void client(ClientConfig client) {
    line(0, "client:");
    value(1, "clients", client.clients());
    value(1, "idle", client.idle());
    value(1, "idle-per-origin", client.idlePerOrigin());
    value(1, "idle-time", client.idleTime());
    value(1, "connections", client.connections());
    value(1, "waiting", client.waiting());
    value(1, "connect-timeout", client.connectTimeout());
  }

  private void value(int indent, String key, Duration value) {
    value(indent, key, Durations.format(value));
  }

  private void value(int indent, String key, Object value) {
    line(indent, key + ": " + value);
  }

  private void line(int indent, String text) {
    yaml.repeat("  ", indent).append(text).append('\n');
  }

  static String texts(List<String> values) {
    return values.stream().map(ConfigPrinter::text).toList().toString();
  }

  /** Plain where YAML can only read it as this text, else in double quotes. */
  static String text(String value) {
    if (value.matches("([0-9]+\\.){3}[0-9]+|[A-Za-z/][A-Za-z0-9_./-]*(://[A-Za-z0-9.:/_-]+)?")
        && !value.matches("true|false|null")) {
      return value;
    }
    return quoted(value);
  }

  /** In double quotes, also where it need not be. */
  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value.replace("${", "$${").chars().forEach(c -> quoted.append(escape((char) c)));
    return quoted.append('"').toString();
  }

  private static String escape(char c) {
    if (c == '"' || c == '\\') {
      return "\\" + c;
    }
    return c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
  }
}
