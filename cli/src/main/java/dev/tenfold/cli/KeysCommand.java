package dev.tenfold.cli;

import static dev.tenfold.cli.AdminClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "keys",
    description = "API keys of a running gateway.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {
  private static final List<String> COLUMNS =
      List.of("id", "user_id", "name", "hint", "tier", "rate", "expires_at", "revoked_at");
  private static final String PATH = "/v1/keys";

  private final Map<String, String> environment;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** What a new key may. */
  static final class KeyOptions {
    @Option(names = "--name", paramLabel = "NAME", description = "What its owner calls it.")
    private @Nullable String name;

    @Option(names = "--tier", paramLabel = "TIER", description = "One of access.tiers.")
    private @Nullable String tier;

    @Option(names = "--rate", paramLabel = "N", description = "Calls a second.")
    private @Nullable Integer rate;

    @Option(names = "--burst", paramLabel = "N", description = "Calls at once.")
    private @Nullable Integer burst;

    @Option(
        names = "--expires-at",
        paramLabel = "TIME",
        description = "When it ends, such as 2027-01-31T00:00:00Z.")
    private @Nullable String expiresAt;

    @Option(names = "--chain", paramLabel = "CHAIN", description = "May be given again.")
    private List<String> chains = List.of();

    @Option(names = "--method", paramLabel = "METHOD", description = "May be given again.")
    private List<String> methods = List.of();

    @Option(names = "--origin", paramLabel = "ORIGIN", description = "May be given again.")
    private List<String> origins = List.of();

    @Option(names = "--address", paramLabel = "NETWORK", description = "May be given again.")
    private List<String> addresses = List.of();

    private ObjectNode fill(ObjectNode key) {
      key.put("name", name).put("tier", tier).put("rate", rate).put("burst", burst);
      key.put("expires_at", expiresAt);
      put(key, "chains", chains);
      put(key, "methods", methods);
      put(key, "origins", origins);
      put(key, "addresses", addresses);
      return key;
    }

    private static void put(ObjectNode key, String field, List<String> texts) {
      ArrayNode array = key.putArray(field);
      texts.forEach(array::add);
    }
  }

  KeysCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  @Command(name = "list", description = "All keys.", mixinStandardHelpOptions = true)
  void list(
      @Mixin AdminOptions options,
      @Option(names = "--user", paramLabel = "ID", description = "Of this user only.")
          @Nullable String user)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      String path = user == null ? PATH : PATH + "?user=" + encoded(user);
      output(options).show(COLUMNS, client.all(path));
    }
  }

  @Command(name = "show", description = "One key.", mixinStandardHelpOptions = true)
  void show(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      output(options).show(COLUMNS, client.get(PATH + "/" + encoded(id)));
    }
  }

  @Command(
      name = "add",
      description = "Makes a key for a user; its text is shown this once.",
      mixinStandardHelpOptions = true)
  void add(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "USER") String user,
      @Mixin KeyOptions key)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      String path = "/v1/users/" + encoded(user) + "/keys";
      issued(options, client.send("POST", path, key.fill(client.object(Map.of()))));
    }
  }

  @Command(
      name = "rotate",
      description = "Gives a key a new text, shown this once.",
      mixinStandardHelpOptions = true)
  void rotate(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--overlap",
              paramLabel = "TIME",
              defaultValue = "0s",
              description = "So long the old text goes on (${DEFAULT-VALUE}).")
          Duration overlap)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      ObjectNode body = client.object(Map.of()).put("overlap_seconds", overlap.toSeconds());
      issued(options, client.send("POST", PATH + "/" + encoded(id) + ":rotate", body));
    }
  }

  @Command(name = "rename", description = "Renames a key.", mixinStandardHelpOptions = true)
  void rename(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "ID") String id,
      @Parameters(paramLabel = "NAME") String name)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      String path = PATH + "/" + encoded(id);
      output(options)
          .show(COLUMNS, client.send("PATCH", path, client.object(Map.of("name", name))));
    }
  }

  @Command(name = "revoke", description = "Revokes a key.", mixinStandardHelpOptions = true)
  void revoke(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      client.delete(PATH + "/" + encoded(id));
      output(options).say("revoked " + id);
    }
  }

  private void issued(AdminOptions options, JsonNode key) {
    output(options).show(COLUMNS, key);
    output(options).say("\nThe key, which is not shown again: " + key.path("key").asText());
  }

  private Output output(AdminOptions options) {
    return new Output(spec.commandLine().getOut(), options.json());
  }
}
