package dev.tenfold.cli;

import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.config.ConfigFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that go before what the configuration file says. */
final class ConfigOptions {
  @Option(
      names = "--upstream",
      paramLabel = "URL",
      converter = Converters.NodeUrl.class,
      description = "A node to ask; may be given again. In place of those of the first chain.")
  private final List<String> upstreams = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Converters.Port.class,
      description = "Where callers are listened to (8545); 0 is any free port.")
  private @Nullable Integer port;

  @Option(
      names = "--ops-port",
      paramLabel = "PORT",
      converter = Converters.Port.class,
      description = "Where operators are listened to (6060); 0 is any free port.")
  private @Nullable Integer opsPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Where the gateway keeps its files, and relative file names of the configuration begin",
        "(the current folder); made if need be."
      })
  private @Nullable Path data;

  @Nullable Integer port() {
    return port;
  }

  @Nullable Integer opsPort() {
    return opsPort;
  }

  @Nullable Path data() {
    return data;
  }

  List<String> upstreams() {
    return upstreams;
  }

  ConfigFlags flags() {
    return new ConfigFlags(
        upstreams, optional(port), optional(opsPort), data == null ? Path.of("") : data);
  }

  /** What is in force with this file, or with none. */
  Config config(@Nullable Path file, Map<String, String> environment) {
    return file == null ? Config.of(flags()) : Config.load(file, environment, flags());
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
