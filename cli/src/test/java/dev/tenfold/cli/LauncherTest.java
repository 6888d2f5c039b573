package dev.tenfold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a checkout of its own, with scripts in the place of Maven and Java. */
@Timeout(60)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "tenfold").toAbsolutePath().normalize();

  private static final long POLL_NANOS = 5_000_000;

  @TempDir Path folder;
  private Path checkout;
  private Path tools;
  private Path jdk;

  @BeforeEach
  void aCheckoutAMavenAndAJdk() throws IOException {
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

  @Test
  void theFirstStartBuildsAndSaysSoAndLaterOnesDoNot() throws Exception {
    Ended first = launch("serve", "a b");
    Ended second = launch("--version");

    assertThat(first.status).isZero();
    assertThat(first.err)
        .contains("tenfold: building (")
        .containsPattern("tenfold: built in [0-9]+ s");
    assertThat(first.out).contains("-jar " + checkout + "/cli/target/tenfold.jar serve a b");
    assertThat(second.err).isEmpty();
    assertThat(record()).hasSize(1);
    assertThat(record().getFirst()).contains("built in " + checkout, "-pl cli -am package");
  }

  @Test
  void aSourceThatIsNewerThanTheJarIsBuiltAgain() throws Exception {
    launch();
    Path source = checkout.resolve("cli/src/main/java/Main.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    launch();

    assertThat(record()).hasSize(2);
  }

  @Test
  void twoStartsAtOnceBuildOnce() throws Exception {
    Path gate = gate();
    Running first = start(List.of(), "GATE=" + gate);
    awaitFile(Path.of(gate + ".reached"));
    Running second = start(List.of());
    second.awaitError("another start is building; waiting for it");
    Files.writeString(gate, "go\n");

    assertThat(first.end().status).isZero();
    assertThat(second.end().status).isZero();
    assertThat(record()).hasSize(1);
    assertThat(checkout.resolve("target/launcher.lock")).doesNotExist();
  }

  @Test
  void aLockWhoseHolderIsGoneIsBroken() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(checkout.resolve("target"));
    Files.createSymbolicLink(checkout.resolve("target/launcher.lock"), Path.of("" + gone.pid()));

    assertThat(launch().status).isZero();
    assertThat(record()).hasSize(1);
  }

  @Test
  void aBuildThatFailsIsStatusOneAndIsTriedAgainNextTime() throws Exception {
    Ended failed = start(List.of(), "BREAK=1").end();

    assertThat(failed.status).isEqualTo(1);
    assertThat(failed.err).contains("tenfold: the build failed");
    assertThat(launch().status).isZero();
  }

  @Test
  void whereThereIsOnlyAJarNothingIsBuilt() throws Exception {
    Files.delete(checkout.resolve("pom.xml"));
    assertThat(launch().err).startsWith("tenfold: there is neither a tenfold.jar nor its sources");
    Files.writeString(checkout.resolve("tenfold.jar"), "");

    Ended ended = launch("serve");

    assertThat(ended.out).contains("-jar " + checkout + "/tenfold.jar serve");
    assertThat(Files.exists(folder.resolve("record"))).isFalse();
  }

  @Test
  void itStartsThroughASymbolicLinkFromAnyFolder() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("check out/tenfold"));
    Path second = Files.createSymbolicLink(tools.resolve("tf"), link);

    Ended ended = start(List.of("sh", second.toString(), "node")).end();

    assertThat(ended.out).contains("-jar " + checkout + "/cli/target/tenfold.jar node");
  }

  @Test
  void anOldJavaHomeIsPassedOverForANewerJavaOnThePath() throws Exception {
    jdk(jdk, 17);
    Path newer = folder.resolve("newer");
    jdk(newer, 26);
    Files.createSymbolicLink(tools.resolve("java"), newer.resolve("bin/java"));

    assertThat(launch().out).startsWith("java 26 ");
  }

  @Test
  void withoutAJdkThatIsNewEnoughOneLineSaysWhatToInstall() throws Exception {
    Path launcher = checkout.resolve("tenfold");
    Files.writeString(launcher, Files.readString(launcher).replace("least=25", "least=99"));

    Ended ended = launch();

    assertThat(ended.status).isEqualTo(1);
    assertThat(ended.err)
        .startsWith("tenfold: no JDK 99 or newer found: install one")
        .hasLineCount(1);
  }

  @Test
  void theExitStatusOfTheProgramIsThatOfTheLauncher() throws Exception {
    assertThat(start(List.of(), "STATUS=42").end().status).isEqualTo(42);
  }

  @Test
  void aSignalReachesTheProgram() throws Exception {
    launch();
    Path gate = gate();
    Running running = start(List.of(), "GATE=" + gate, "TRAP=1");
    awaitFile(Path.of(gate + ".reached"));
    running.process.destroy();

    assertThat(running.end().status).isEqualTo(7);
  }

  private static void jdk(Path home, int version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    script(
        home.resolve("bin/java"),
        "echo \"java "
            + version
            + " $*\"\n"
            + """
            [ -z "${TRAP:-}" ] || { trap 'exit 7' TERM; touch "$GATE.reached"; read -r _ <"$GATE"; }
            exit ${STATUS:-0}
            """);
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A pipe: who reads it waits until somebody writes. */
  private Path gate() throws Exception {
    Path gate = folder.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    return gate;
  }

  private List<String> record() throws IOException {
    return Files.readAllLines(folder.resolve("record"));
  }

  private Ended launch(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", checkout.resolve("tenfold").toString()));
    command.addAll(List.of(args));
    return start(command).end();
  }

  private Running start(List<String> command, String... variables) throws IOException {
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
    environment.remove("TENFOLD_JAVA_OPTS");
    for (String variable : variables) {
      environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }
    return new Running(builder.start(), out, err);
  }

  private static void awaitFile(Path file) {
    while (!Files.exists(file)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private record Ended(int status, String out, String err) {}

  private record Running(Process process, Path out, Path err) {
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
}
