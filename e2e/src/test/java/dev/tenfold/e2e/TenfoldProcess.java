package dev.tenfold.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The program itself, {@code tenfold serve}, in front of some nodes. */
final class TenfoldProcess implements Setup.Part {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChildProcess process;
  private final int port;
  private final int opsPort;
  private final Path directory;
  private final Path data;
  private final boolean ownsData;

  private TenfoldProcess(List<String> options, String configuration, Path data, boolean ownsData) {
    try {
      this.data = data;
      this.ownsData = ownsData;
      this.port = Ports.free();
      this.opsPort = Ports.free();
      this.directory = Files.createTempDirectory("tenfold-e2e");
      List<String> serve = List.of("serve", "--port", "" + port, "--ops-port", "" + opsPort);
      List<String> command = ProgramJar.command("256m", serve);
      command.addAll(List.of("--data", data.toString()));
      if (!configuration.isEmpty()) {
        Path file = Files.writeString(directory.resolve("tenfold.yaml"), configuration);
        command.addAll(List.of("--config", file.toString()));
      }
      command.addAll(options);
      this.process = ChildProcess.start("tenfold", directory.toFile(), command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In front of these nodes, with what is set by default; returns when it is ready. */
  static TenfoldProcess serve(URI... nodes) {
    return configured("", nodes);
  }

  /** The same with a configuration, in YAML. */
  static TenfoldProcess configured(String configuration, URI... nodes) {
    TenfoldProcess tenfold = launched(configuration, nodes);
    tenfold.process.awaitReady(PATIENCE, tenfold::isReady);
    return tenfold;
  }

  /** The same with the files of another, which has ended or goes on; they are not deleted. */
  static TenfoldProcess configuredIn(Path data, String configuration, URI... nodes) {
    TenfoldProcess tenfold = new TenfoldProcess(upstreams(nodes), configuration, data, false);
    tenfold.process.awaitReady(PATIENCE, tenfold::isReady);
    return tenfold;
  }

  /** Started, but not waited for. */
  static TenfoldProcess launched(String configuration, URI... nodes) {
    try {
      Path data = Files.createTempDirectory("tenfold-e2e-data");
      return new TenfoldProcess(upstreams(nodes), configuration, data, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> upstreams(URI... nodes) {
    return Stream.of(nodes).flatMap(node -> Stream.of("--upstream", node.toString())).toList();
  }

  /** Where it keeps its files. */
  Path data() {
    return data;
  }

  /** What a command says that talks to this gateway; fails if its status is not 0. */
  String command(String... words) {
    List<String> command = ProgramJar.command("128m", List.of(words));
    command.addAll(List.of("--ops-url", opsUrl().toString(), "--data", data.toString()));
    try (ChildProcess child = ChildProcess.start("command", directory.toFile(), command)) {
      int status = child.awaitExit(PATIENCE);
      String said = String.join("\n", child.output());
      if (status != 0) {
        throw new AssertionError(List.of(words) + " ended with " + status + ": " + said);
      }
      return said;
    }
  }

  boolean isReady() {
    return JsonRpcClient.status(url().resolve("/health/ready")) == 200;
  }

  int port() {
    return port;
  }

  URI url() {
    return Ports.url(port);
  }

  URI live() {
    return url().resolve("/health/live");
  }

  URI opsUrl() {
    return Ports.url(opsPort);
  }

  ChildProcess process() {
    return process;
  }

  String printed() {
    return String.join("\n", process.output());
  }

  JsonRpcClient.Answer call(String method, String params) {
    return JsonRpcClient.call(url(), method, params);
  }

  @Override
  public void close() {
    process.close();
    delete(directory);
    if (ownsData) {
      delete(data);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
