package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that this JVM was started with. */
final class CommandLine {
  private static final Path PROC = Path.of("/proc/self/cmdline");

  private CommandLine() {}

  /** The program and its arguments, as they are. */
  static List<String> arguments() throws IOException {
    return Files.isReadable(PROC) ? arguments(PROC) : ofTheProcess();
  }

  /** Each ends with a zero byte. */
  static List<String> arguments(Path file) throws IOException {
    String all = new String(Files.readAllBytes(file), Charset.defaultCharset());
    return List.of(all.substring(0, Math.max(0, all.length() - 1)).split("\0", -1));
  }

  private static List<String> ofTheProcess() {
    ProcessHandle.Info info = ProcessHandle.current().info();
    List<String> all = new ArrayList<>(List.of(info.command().orElse("java")));
    all.addAll(List.of(info.arguments().orElse(new String[0])));
    return all;
  }
}
