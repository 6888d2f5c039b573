package dev.tenfold.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the gateway is that a command talks to, and what it shows there. */
final class AdminOptions {
  /** The variable that has the token where no file has it. */
  static final String TOKEN = "TENFOLD_ADMIN_TOKEN";

  private static final String FILE = "admin-token";

  @Option(
      names = "--ops-url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:6060",
      description = "The port for operators of a running gateway (${DEFAULT-VALUE}).")
  private String opsUrl = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "",
      description = {
        "The data folder of that gateway, which has the admin token (the current folder).",
        "The variable TENFOLD_ADMIN_TOKEN goes before it."
      })
  private Path data = Path.of("");

  @Option(names = "--json", description = "Prints JSON, for programs.")
  private boolean json;

  boolean json() {
    return json;
  }

  AdminClient client(Map<String, String> environment) {
    return new AdminClient(url(), token(environment.get(TOKEN)));
  }

  private URI url() {
    try {
      URI url = URI.create(opsUrl.replaceFirst("/+$", ""));
      if (url.getHost() != null && url.getScheme().matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new Failed("--ops-url must be a URL such as http://127.0.0.1:6060");
  }

  private String token(@Nullable String given) {
    if (given != null && !given.isEmpty()) {
      return given;
    }
    Path file = data.resolve(FILE);
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException _) {
      throw new Failed(
          "there is no " + file + ": give the gateway's data folder by --data, or " + TOKEN);
    } catch (IOException e) {
      throw new Failed(file + " cannot be read: " + e.getMessage());
    }
  }
}
