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
        .setServerConfig("fsync", "off")
        .start();
  }

  /** As it stands in a configuration. */
  String configuration() {
    return "database: { url: \"postgresql://postgres:postgres@127.0.0.1:%d/postgres\" }%n"
        .formatted(port);
  }

  /** Ends it without a chance to say goodbye, with all that it started. */
  void kill() throws IOException {
    String pid = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
    postmaster.destroyForcibly();
    postmaster.onExit().join();
  }

  void startAgain() throws IOException {
    server = run();
  }

  @Override
  public void close() {
    try (server;
        Stream<Path> files = Files.walk(folder)) {
      server.close();
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
