package dev.tenfold.cli;

import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.config.ConfigFlags;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "print-config",
    description = "Prints every value in force as YAML, with secrets masked.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class PrintConfigCommand implements Callable<Integer> {
  private static final String SIMULATED = "http://127.0.0.1:" + NodeCommand.PORT;

  private final Map<String, String> environment;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The configuration; without it, the defaults.")
  private @Nullable Path file;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  PrintConfigCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (file == null && options.upstreams().isEmpty()) {
      out.println("# No node is named; this one is where ./tenfold node listens.");
      ConfigFlags flags = options.flags().withUpstreams(List.of(SIMULATED));
      out.print(Config.of(flags).print());
    } else {
      out.print(options.config(file, environment).print());
    }
    out.flush();
    return ExitCode.OK;
  }
}
