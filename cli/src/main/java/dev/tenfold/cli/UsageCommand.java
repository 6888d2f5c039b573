package dev.tenfold.cli;

import static dev.tenfold.cli.AdminClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "usage",
    description = "What keys have used, by chain, method and hour.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class UsageCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "key",
          "chain",
          "method",
          "hour",
          "calls",
          "hits",
          "errors",
          "units",
          "bytes",
          "saved.units",
          "saved.upstream_ms");

  private final Map<String, String> environment;

  @Mixin private final AdminOptions options = new AdminOptions();

  @Option(names = "--key", paramLabel = "ID", description = "Of this key only.")
  private @Nullable String key;

  @Option(names = "--from", paramLabel = "TIME", description = "From this hour on.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Until before this hour.")
  private @Nullable String to;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  UsageCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    StringBuilder path = new StringBuilder("/v1/usage?limit=10000");
    add(path, "key", key);
    add(path, "from", from);
    add(path, "to", to);
    try (AdminClient client = options.client(environment)) {
      List<JsonNode> rows = new ArrayList<>();
      client.get(path.toString()).path("items").forEach(rows::add);
      new Output(spec.commandLine().getOut(), options.json()).show(COLUMNS, rows);
    }
    return ExitCode.OK;
  }

  private static void add(StringBuilder path, String name, @Nullable String value) {
    if (value != null) {
      path.append('&').append(name).append('=').append(encoded(value));
    }
  }
}
