package dev.tenfold.e2e;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A real PostgreSQL, which can be killed and started again with what it had. */
final class PostgresProcess implements Setup.Part {
  private final Path folder;
  private final int port = Ports.free();
  private EmbeddedPostgres server;

  private PostgresProcess(Path folder) throws IOException {
    this.folder = folder;
    this.server = run();
  }

  static PostgresProcess start() {
    try {
      return new PostgresProcess(Files.createTempDirectory("tenfold-postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EmbeddedPostgres run() throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setServerConfig("synchronous_commit", "on") // else a crash loses what was confirmed
        .setServerConfig("fsync", "off")
        .start();
  }

  /** As it stands in a configuration. */
  String configuration() {
    return "database: { url: \"postgresql://postgres:postgres@127.0.0.1:%d/postgres\" }%n"
        .formatted(port);
  }

  /** Ends it as a crash would: SIGQUIT tells it not to clean up. */
  void kill() throws IOException {
    String pid = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    new ProcessBuilder("kill", "-QUIT", pid).start();
    postmaster.onExit().join();
    server.close(); // says that it could not stop it, and lets go of the folder
  }

  void startAgain() throws IOException {
    server = run();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
