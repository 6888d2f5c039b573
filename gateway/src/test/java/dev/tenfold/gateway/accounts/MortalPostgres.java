package dev.tenfold.gateway.accounts;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real PostgreSQL of its own that can be killed and started again. */
public final class MortalPostgres implements AutoCloseable {
  private final Path folder;
  private int port;
  private EmbeddedPostgres server;

  /** Starts one with its files in a folder. */
  public MortalPostgres(Path folder) throws IOException {
    this.folder = folder;
    this.server = builder().start();
    this.port = server.getPort();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("synchronous_commit", "on") // else a crash loses what was confirmed
        .setServerConfig("fsync", "off");
  }

  DatabaseUrl url() {
    return DatabaseUrl.parse(text(), folder);
  }

  /** Its URL, as it stands in a configuration. */
  public String text() {
    return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
  }

  /** Ends it at once, as a crash would: SIGQUIT tells it not to clean up. */
  public void kill() throws IOException {
    String pid = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip();
    ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    new ProcessBuilder("kill", "-QUIT", pid).start();
    process.onExit().join();
    server.close(); // says that it could not stop it, and lets go of the folder
  }

  /** Starts it again, on the same port. */
  public void start() throws IOException {
    server = builder().start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
