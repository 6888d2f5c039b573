package dev.tenfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a checkout of its own, with scripts in the place of Maven and Java. */
@Timeout(60)
class LauncherTest {
  @TempDir Path folder;
  private LauncherCheckout at;

  @BeforeEach
  void aCheckoutAMavenAndAJdk() throws IOException {
    at = new LauncherCheckout(folder);
  }

  @Test
  void theFirstStartBuildsAndSaysSoAndLaterOnesDoNot() throws Exception {
    LauncherCheckout.Ended first = at.launch("serve", "a b");
    LauncherCheckout.Ended second = at.launch("--version");

    assertThat(first.status()).isZero();
    assertThat(first.err())
        .contains("tenfold: building (")
        .containsPattern("tenfold: built in [0-9]+ s");
    assertThat(first.out()).contains("-jar " + at.checkout + "/cli/target/tenfold.jar serve a b");
    assertThat(second.err()).isEmpty();
    assertThat(at.record()).hasSize(1);
    assertThat(at.record().getFirst()).contains("built in " + at.checkout, "-pl cli -am package");
  }

  @Test
  void aSourceThatIsNewerThanTheJarIsBuiltAgain() throws Exception {
    at.launch();
    Path source = at.checkout.resolve("cli/src/main/java/Main.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    at.launch();

    assertThat(at.record()).hasSize(2);
  }

  @Test
  void twoStartsAtOnceBuildOnce() throws Exception {
    Path gate = at.gate();
    LauncherCheckout.Running first = at.start(List.of(), "GATE=" + gate);
    LauncherCheckout.awaitFile(Path.of(gate + ".reached"));
    LauncherCheckout.Running second = at.start(List.of());
    second.awaitError("another start is building; waiting for it");
    Files.writeString(gate, "go\n");

    assertThat(first.end().status()).isZero();
    assertThat(second.end().status()).isZero();
    assertThat(at.record()).hasSize(1);
    assertThat(at.checkout.resolve("target/launcher.lock")).doesNotExist();
  }

  @Test
  void aLockWhoseHolderIsGoneIsBroken() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(at.checkout.resolve("target"));
    Files.createSymbolicLink(at.checkout.resolve("target/launcher.lock"), Path.of("" + gone.pid()));

    assertThat(at.launch().status()).isZero();
    assertThat(at.record()).hasSize(1);
  }

  @Test
  void aBuildThatFailsIsStatusOneAndIsTriedAgainNextTime() throws Exception {
    LauncherCheckout.Ended failed = at.start(List.of(), "BREAK=1").end();

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("tenfold: the build failed");
    assertThat(at.launch().status()).isZero();
  }

  @Test
  void whereThereIsOnlyAJarNothingIsBuilt() throws Exception {
    Files.delete(at.checkout.resolve("pom.xml"));
    assertThat(at.launch().err())
        .startsWith("tenfold: there is neither a tenfold.jar nor its sources");
    Files.writeString(at.checkout.resolve("tenfold.jar"), "");

    LauncherCheckout.Ended ended =
        at.start(List.of("sh", at.launcher().toString(), "serve"), "TENFOLD_AOT=off").end();

    assertThat(ended.out()).contains("-jar " + at.checkout + "/tenfold.jar serve");
    assertThat(Files.exists(folder.resolve("record"))).isFalse();
  }

  @Test
  void itStartsThroughASymbolicLinkFromAnyFolder() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("check out/tenfold"));
    Path second = Files.createSymbolicLink(at.tools.resolve("tf"), link);

    LauncherCheckout.Ended ended = at.start(List.of("sh", second.toString(), "node")).end();

    assertThat(ended.out()).contains("-jar " + at.checkout + "/cli/target/tenfold.jar node");
  }

  @Test
  void anOldJavaHomeIsPassedOverForANewerJavaOnThePath() throws Exception {
    LauncherCheckout.jdk(at.jdk, 17);
    Path newer = folder.resolve("newer");
    LauncherCheckout.jdk(newer, 26);
    Files.createSymbolicLink(at.tools.resolve("java"), newer.resolve("bin/java"));

    assertThat(at.launch().out()).startsWith("java 26 ");
  }

  @Test
  void withoutAJdkThatIsNewEnoughOneLineSaysWhatToInstall() throws Exception {
    Path launcher = at.launcher();
    Files.writeString(launcher, Files.readString(launcher).replace("least=25", "least=99"));

    LauncherCheckout.Ended ended = at.launch();

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .startsWith("tenfold: no JDK 99 or newer found: install one")
        .hasLineCount(1);
  }

  @Test
  void theExitStatusOfTheProgramIsThatOfTheLauncher() throws Exception {
    assertThat(at.start(List.of(), "STATUS=42").end().status()).isEqualTo(42);
  }

  @Test
  void aSignalReachesTheProgram() throws Exception {
    at.launch();
    Path gate = at.gate();
    LauncherCheckout.Running running = at.start(List.of(), "GATE=" + gate, "TRAP=1");
    LauncherCheckout.awaitFile(Path.of(gate + ".reached"));
    running.process().destroy();

    assertThat(running.end().status()).isEqualTo(7);
  }
}
