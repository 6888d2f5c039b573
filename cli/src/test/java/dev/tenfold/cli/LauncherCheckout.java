package dev.tenfold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A checkout with the launcher, and scripts in the place of Maven and Java. */
final class LauncherCheckout {
  private static final Path LAUNCHER = Path.of("..", "tenfold").toAbsolutePath().normalize();
  private static final long POLL_NANOS = 5_000_000;

  final Path folder;
  final Path checkout;
  final Path tools;
  final Path jdk;

  LauncherCheckout(Path folder) throws IOException {
    this.folder = folder;
    checkout = Files.createDirectories(folder.resolve("check out"));
    tools = Files.createDirectories(folder.resolve("tools"));
    jdk = folder.resolve("jdk");
    Files.copy(LAUNCHER, checkout.resolve("tenfold"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Path sources = Files.createDirectories(checkout.resolve("cli/src/main/java"));
    Files.writeString(sources.resolve("Main.java"), "class Main {}");
    script(
        tools.resolve("mvn"),
        """
        echo "built in $PWD with $JAVA25_HOME: $*" >>"$RECORD"
        mkdir -p cli/target
        [ -z "${GATE:-}" ] || { touch "$GATE.reached"; read -r _ <"$GATE"; }
        [ -z "${BREAK:-}" ] || exit 1
        touch cli/target/tenfold.jar
        """);
    jdk(jdk, 25);
  }

  static void jdk(Path home, int version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    script(
        home.resolve("bin/java"),
        """
        for word; do
          case $word in
            -XX:AOTCacheOutput=*)
              echo "$*" >>"$RECORD.trained"
              [ -z "${AOT_GATE:-}" ] || { touch "$AOT_GATE.reached"; read -r _ <"$AOT_GATE"; }
              [ -z "${AOT_BREAKS:-}" ] || exit 1
              echo "recorded by $0" >"${word#*=}"
              exit 0
              ;;
          esac
        done
        """
            + "echo \"java "
            + version
            + " $*\"\n"
            + """
            [ -z "${TRAP:-}" ] || { trap 'exit 7' TERM; touch "$GATE.reached"; read -r _ <"$GATE"; }
            exit ${STATUS:-0}
            """);
  }

  static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A pipe: who reads it waits until somebody writes. */
  Path gate() throws Exception {
    Path gate = folder.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    return gate;
  }

  List<String> record() throws IOException {
    return Files.readAllLines(folder.resolve("record"));
  }

  Ended launch(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", checkout.resolve("tenfold").toString()));
    command.addAll(List.of(args));
    return start(command).end();
  }

  Running start(List<String> command, String... variables) throws IOException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(
            command.isEmpty() ? List.of("sh", checkout.resolve("tenfold").toString()) : command);
    builder.directory(tools.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    var environment = builder.environment();
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", tools + ":" + environment.get("PATH"));
    environment.put("RECORD", folder.resolve("record").toString());
    List.of("TENFOLD_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "TENFOLD_AOT")
        .forEach(environment::remove);
    for (String variable : variables) {
      environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }
    return new Running(builder.start(), out, err);
  }

  static void awaitFile(Path file) {
    while (!Files.exists(file)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  record Ended(int status, String out, String err) {}

  record Running(Process process, Path out, Path err) {
    Ended end() throws Exception {
      int status = process.waitFor();
      return new Ended(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    void awaitError(String text) throws IOException {
      while (!Files.readString(err, UTF_8).contains(text)) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  /** What was recorded for the cache, a line each time. */
  List<String> trained() throws IOException {
    Path file = folder.resolve("record.trained");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  Path launcher() {
    return checkout.resolve("tenfold");
  }

  Path cache() {
    return checkout.resolve("cli/target/tenfold.aot");
  }
}
