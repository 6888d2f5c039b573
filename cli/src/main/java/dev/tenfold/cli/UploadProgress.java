package dev.tenfold.cli;

import java.io.Console;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file on its way to a gateway, and a bar that shows how far it is: one line that is written over
 * on a terminal, nothing elsewhere.
 */
final class UploadProgress implements AutoCloseable {
  private static final int WIDTH = 40;

  private final InputStream in;
  private final long size;
  private final PrintWriter out;
  private final boolean terminal;
  private long sent;
  private int shown = -1;

  private UploadProgress(InputStream in, long size, PrintWriter out, boolean terminal) {
    this.in = in;
    this.size = Math.max(1, size);
    this.out = out;
    this.terminal = terminal;
  }

  static UploadProgress of(Path file, PrintWriter out) throws IOException {
    return new UploadProgress(Files.newInputStream(file), Files.size(file), out, isTerminal());
  }

  @SuppressWarnings("SystemConsoleNull") // it is null again in JDK 25 where there is no terminal
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** The file, to be sent once. */
  BodyPublisher body() {
    return BodyPublishers.ofInputStream(
        () ->
            new FilterInputStream(in) {
              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                sent(count);
                return count;
              }
            });
  }

  private void sent(int count) {
    sent += Math.max(0, count);
    int done = (int) (WIDTH * Math.min(sent, size) / size);
    if (terminal && done != shown) {
      shown = done;
      out.printf("\r[%s%s] %3d%%", "#".repeat(done), ".".repeat(WIDTH - done), 100 * done / WIDTH);
      out.flush();
    }
  }

  /** What is printed next begins on a line of its own. */
  void end() {
    if (shown >= 0) {
      shown = -1;
      out.println();
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    end();
  }
}
