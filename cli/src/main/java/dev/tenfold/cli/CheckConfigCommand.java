package dev.tenfold.cli;

import dev.tenfold.gateway.config.Config;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check-config",
    description = "Says whether a configuration would be accepted; starts nothing.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CheckConfigCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "FILE", description = "The configuration, in YAML.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  CheckConfigCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Config config = options.config(file, environment);
    int nodes = config.chains().values().stream().mapToInt(c -> c.upstreams().size()).sum();
    String chains = String.join(", ", config.chains().keySet());
    spec.commandLine()
        .getOut()
        .println(file + ": fine (chains: " + chains + "; nodes: " + nodes + ")");
    return ExitCode.OK;
  }
}
