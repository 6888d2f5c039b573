package dev.tenfold.cli;

import static dev.tenfold.cli.AdminClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    name = "users",
    description = "Users of a running gateway.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class UsersCommand implements Runnable {
  private static final List<String> COLUMNS = List.of("id", "name", "email", "created_at");
  private static final String PATH = "/v1/users";

  private final Map<String, String> environment;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  UsersCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  @Command(name = "list", description = "All users.", mixinStandardHelpOptions = true)
  void list(@Mixin AdminOptions options) throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      output(options).show(COLUMNS, client.all(PATH));
    }
  }

  @Command(name = "show", description = "One user.", mixinStandardHelpOptions = true)
  void show(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      output(options).show(COLUMNS, client.get(PATH + "/" + encoded(id)));
    }
  }

  @Command(name = "add", description = "Makes a user.", mixinStandardHelpOptions = true)
  void add(
      @Mixin AdminOptions options,
      @Option(names = "--id", paramLabel = "ID", description = "One of your own.")
          @Nullable String id,
      @Option(names = "--name", required = true, paramLabel = "NAME") String name,
      @Option(names = "--email", required = true, paramLabel = "EMAIL") String email)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      JsonNode user = client.send("POST", PATH, client.object(fields(id, name, email)));
      output(options).show(COLUMNS, user);
    }
  }

  @Command(
      name = "change",
      description = "Changes a user's name or email.",
      mixinStandardHelpOptions = true)
  void change(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--name", paramLabel = "NAME") @Nullable String name,
      @Option(names = "--email", paramLabel = "EMAIL") @Nullable String email)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      String path = PATH + "/" + encoded(id);
      output(options)
          .show(COLUMNS, client.send("PATCH", path, client.object(fields(null, name, email))));
    }
  }

  @Command(
      name = "delete",
      description = "Deletes a user and its keys.",
      mixinStandardHelpOptions = true)
  void delete(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    try (AdminClient client = options.client(environment)) {
      client.delete(PATH + "/" + encoded(id));
      output(options).say("deleted " + id);
    }
  }

  @Command(
      name = "import",
      description = {
        "Makes many users, all or none, from a file: a JSON array, or an object a line (NDJSON),",
        "with name, email, and if wanted id. At most 100,000."
      },
      mixinStandardHelpOptions = true)
  void load(@Mixin AdminOptions options, @Parameters(paramLabel = "FILE") Path file)
      throws InterruptedException {
    try (AdminClient client = options.client(environment);
        UploadProgress progress = UploadProgress.of(file, spec.commandLine().getErr())) {
      JsonNode made = client.send("POST", PATH + ":batch", progress.body());
      progress.end();
      if (options.json()) {
        output(options).show(List.of(), made);
      }
      output(options).say(made.path("created").asLong() + " users were made");
    } catch (IOException e) {
      throw new Failed(file + " cannot be read: " + e.getMessage());
    }
  }

  private static Map<String, String> fields(
      @Nullable String id, @Nullable String name, @Nullable String email) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "id", id);
    put(fields, "name", name);
    put(fields, "email", email);
    return fields;
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private Output output(AdminOptions options) {
    return new Output(spec.commandLine().getOut(), options.json());
  }
}
