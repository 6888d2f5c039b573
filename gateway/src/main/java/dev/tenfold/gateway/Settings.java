package dev.tenfold.gateway;

import dev.tenfold.gateway.accounts.DatabaseUrl;
import dev.tenfold.gateway.config.ChainConfig;
import dev.tenfold.gateway.config.ClientConfig;
import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.config.DatabaseConfig;
import dev.tenfold.gateway.config.LimitsConfig;
import dev.tenfold.gateway.config.OpsConfig;
import dev.tenfold.gateway.config.ServerConfig;
import dev.tenfold.gateway.config.TlsConfig;
import dev.tenfold.gateway.config.UpstreamConfig;
import dev.tenfold.gateway.edge.Edge;
import dev.tenfold.gateway.edge.EdgeLimits;
import dev.tenfold.gateway.edge.Tls;
import dev.tenfold.gateway.ops.AdminToken;
import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.telemetry.AccessLog;
import dev.tenfold.gateway.telemetry.JsonAccessLog;
import dev.tenfold.gateway.upstream.UpstreamSettings;
import dev.tenfold.toolkit.httpclient.AnswerRoom;
import dev.tenfold.toolkit.httpclient.ClientPoolOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what operators configure into what the rooms want. */
final class Settings {
  private Settings() {}

  /** As many as processors. */
  static int eventLoops() {
    return Runtime.getRuntime().availableProcessors();
  }

  static Vertx vertx() {
    FileSystemOptions noFiles =
        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(eventLoops())
            .setFileSystemOptions(noFiles));
  }

  static ClientPoolOptions pool(Config config) {
    ClientConfig client = config.client();
    return ClientPoolOptions.builder()
        .clients(client.clients())
        .maxIdle(client.idle())
        .maxIdlePerOrigin(client.idlePerOrigin())
        .idleTime(client.idleTime())
        .timeout(config.limits().callTimeout())
        .connectTimeout(client.connectTimeout())
        .http2(false)
        .maxOpenPerOrigin(client.connections())
        .maxWaiting(client.waiting())
        .maxAnswerBytes(config.limits().answer().bytes())
        .build();
  }

  static AccessLog accessLog(dev.tenfold.gateway.config.AccessLog setting) {
    InstantSource clock = InstantSource.system();
    return switch (setting) {
      case dev.tenfold.gateway.config.AccessLog.Off off -> AccessLog.OFF;
      case dev.tenfold.gateway.config.AccessLog.Stdout stdout ->
          new JsonAccessLog(new FileOutputStream(FileDescriptor.out), clock);
      case dev.tenfold.gateway.config.AccessLog.ToFile file ->
          JsonAccessLog.toFile(file.path(), clock);
    };
  }

  static List<UpstreamSettings> upstreams(String chain, ChainConfig config) {
    List<UpstreamSettings> nodes = new ArrayList<>();
    for (UpstreamConfig node : config.upstreams()) {
      nodes.add(
          new UpstreamSettings(
              chain + "#" + (nodes.size() + 1),
              node.url(),
              node.headers(),
              node.weight(),
              node.backup()));
    }
    return nodes;
  }

  static Edge.Address address(ServerConfig server) {
    TlsConfig tls = server.tls();
    return new Edge.Address(
        server.host(),
        server.port(),
        Set.copyOf(server.corsOrigins()),
        tls.isOn() ? Optional.of(new Tls(tls.certificate(), tls.key())) : Optional.empty());
  }

  /** Null if there is none, or it would be a file and there is no folder for it. */
  static @Nullable DatabaseUrl database(DatabaseConfig config, @Nullable Path data) {
    boolean file = config.url().startsWith("sqlite:");
    if (!config.isOn() || (file && data == null)) {
      return null;
    }
    return DatabaseUrl.parse(config.url(), data == null ? Path.of("") : data);
  }

  /** That of the configuration, or else that of the data folder; null if there is neither. */
  static @Nullable AdminToken adminToken(OpsConfig ops, @Nullable Path data) {
    if (!ops.adminToken().isEmpty()) {
      return AdminToken.of(ops.adminToken());
    }
    return data == null ? null : AdminToken.in(data);
  }

  static EdgeLimits edgeLimits(LimitsConfig limits) {
    return new EdgeLimits(
        Math.toIntExact(limits.body().bytes()),
        limits.batch(),
        Math.toIntExact(limits.headers().bytes()),
        limits.depth(),
        limits.arrival().toNanos(),
        limits.idle().toNanos(),
        limits.connections(),
        limits.callTimeout().toNanos(),
        limits.buffered().bytes());
  }

  /** What the pool holds of answers is part of what is in flight. */
  static AnswerRoom room(InFlight inFlight) {
    return new AnswerRoom() {
      @Override
      public boolean take(long bytes) {
        return inFlight.take(bytes);
      }

      @Override
      public void give(long bytes) {
        inFlight.give(bytes);
      }
    };
  }
}
