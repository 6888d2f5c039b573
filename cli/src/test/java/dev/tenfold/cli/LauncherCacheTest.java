package dev.tenfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher makes an AOT cache, and when it passes it on; Java is a script here. */
@Timeout(60)
class LauncherCacheTest {
  private static final String MAKE = "TENFOLD_AOT=make";

  @TempDir Path folder;
  private LauncherCheckout at;

  @BeforeEach
  void aCheckoutAMavenAndAJdk() throws IOException {
    at = new LauncherCheckout(folder);
  }

  @Test
  void afterABuildTheCacheIsMadeOnceAndEveryStartIsGivenIt() throws Exception {
    LauncherCheckout.Ended first = at.launch("node");
    LauncherCheckout.Ended second = at.launch("serve");

    assertThat(first.out()).contains(" -XX:AOTCache=" + at.cache() + " ");
    assertThat(second.out()).contains(" -XX:AOTCache=" + at.cache() + " ");
    assertThat(second.err()).isEmpty();
    assertThat(at.trained()).hasSize(1);
    assertThat(at.trained().getFirst())
        .contains("UseCompactObjectHeaders", "/cli/target/tenfold.jar warm-up");
  }

  @Test
  void oneThatFitsIsNotMadeAgain() throws Exception {
    at.launch();

    assertThat(make().status()).isZero();
    assertThat(at.trained()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void itIsMadeAgainAfter(Change change) throws Exception {
    at.launch();

    change.in(at);

    assertThat(make().status()).isZero();
    assertThat(make().status()).isZero();
    assertThat(at.trained()).hasSize(2);
    assertThat(Files.readString(at.cache())).startsWith("recorded by ");
  }

  @Test
  void whereItCannotBeMadeTheProgramStartsWithoutAndItIsNotTriedAgain() throws Exception {
    LauncherCheckout.Ended first = at.start(List.of(), "AOT_BREAKS=1").end();
    LauncherCheckout.Ended second = at.launch("serve");

    assertThat(first.status()).isZero();
    assertThat(second.out()).startsWith("java 25 ").doesNotContain("-XX:AOTCache");
    assertThat(second.err()).isEmpty();
    assertThat(make().status()).isEqualTo(1);
    assertThat(at.trained()).hasSize(1);
  }

  @Test
  void aDayAfterItFailedItIsTriedAgain() throws Exception {
    at.start(List.of(), "AOT_BREAKS=1").end();
    Files.setLastModifiedTime(at.cache(), FileTime.from(Instant.now().minus(Duration.ofDays(2))));

    assertThat(make().status()).isZero();
    assertThat(at.trained()).hasSize(2);
  }

  @Test
  void whereTheFolderIsReadOnlyItStartsWithoutAndLeavesNothing() throws Exception {
    onlyAJar();
    makeReadOnly();
    List<String> command = new ArrayList<>();
    if (Files.isWritable(at.checkout)) { // root writes everywhere
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
    }
    command.addAll(List.of("sh", at.launcher().toString(), "serve"));

    LauncherCheckout.Ended ended = at.start(command).end();

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("java 25 ").doesNotContain("-XX:AOTCache");
    assertThat(at.checkout).isDirectoryNotContaining("glob:**/tenfold.aot*");
  }

  @Test
  void whereThereIsOnlyAJarItIsMadeBehindTheFirstServe() throws Exception {
    onlyAJar();
    Path gate = at.gate();

    LauncherCheckout.Ended first =
        at.start(List.of("sh", at.launcher().toString(), "serve"), "AOT_GATE=" + gate).end();
    LauncherCheckout.awaitFile(Path.of(gate + ".reached"));
    Files.writeString(gate, "go\n");
    LauncherCheckout.awaitFile(at.checkout.resolve("tenfold.aot.for"));

    assertThat(first.out()).contains("tenfold.jar serve").doesNotContain("-XX:AOTCache");
    assertThat(first.err()).isEmpty();
    assertThat(make().status()).isZero(); // after the one behind, which has the lock
    assertThat(at.trained()).hasSize(1);
    assertThat(at.launch("serve").out()).contains("-XX:AOTCache=" + at.checkout + "/tenfold.aot");
  }

  @Test
  void commandsThatEndSoonStartNothingBehindThem() throws Exception {
    onlyAJar();

    at.launch("--version");

    assertThat(at.checkout.resolve("launcher.lock")).doesNotExist();
    assertThat(at.trained()).isEmpty();
  }

  @Test
  void twoAtOnceMakeItOnce() throws Exception {
    onlyAJar();
    Path gate = at.gate();
    LauncherCheckout.Running first = at.start(List.of(), MAKE, "AOT_GATE=" + gate);
    LauncherCheckout.awaitFile(Path.of(gate + ".reached"));
    LauncherCheckout.Running second = at.start(List.of(), MAKE);
    second.awaitError("waiting for it");
    Files.writeString(gate, "go\n");

    assertThat(first.end().status()).isZero();
    assertThat(second.end().status()).isZero();
    assertThat(at.trained()).hasSize(1);
    assertThat(at.checkout.resolve("launcher.lock")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xshare:off",
        "-XX:SharedArchiveFile=/x",
        "-XX:AOTCache=/x",
        "-XX:AOTCacheOutput"
      })
  void optionsThatNameAnotherArchiveAreLeftAlone(String option) throws Exception {
    at.launch();

    String out = at.start(List.of(), "TENFOLD_JAVA_OPTS=" + option).end().out();

    assertThat(out).contains(option).doesNotContain("" + at.cache());
  }

  @Test
  void otherOptionsComeAfterItAndAreNotRecorded() throws Exception {
    String option = "TENFOLD_JAVA_OPTS=-XX:+UseSerialGC";

    String out = at.start(List.of(), option).end().out();

    assertThat(out).containsPattern("-XX:AOTCache=.* -XX:\\+UseSerialGC -jar");
    assertThat(at.trained().getFirst()).doesNotContain("UseSerialGC");
  }

  @Test
  void offNeitherMakesNorUsesIt() throws Exception {
    at.start(List.of(), "TENFOLD_AOT=off").end();
    assertThat(at.trained()).isEmpty();
    make();

    assertThat(at.start(List.of(), "TENFOLD_AOT=off").end().out()).doesNotContain("AOTCache");
  }

  @Test
  void anUnknownWordIsRefused() throws Exception {
    LauncherCheckout.Ended ended = at.start(List.of(), "TENFOLD_AOT=on").end();

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("tenfold: TENFOLD_AOT is on: it must be auto, make or off\n");
  }

  private LauncherCheckout.Ended make() throws Exception {
    return at.start(List.of(), MAKE).end();
  }

  private void onlyAJar() throws IOException {
    Files.delete(at.checkout.resolve("pom.xml"));
    Files.writeString(at.checkout.resolve("tenfold.jar"), "");
  }

  private void makeReadOnly() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(at.checkout, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  /** What makes another cache necessary. */
  enum Change {
    ANOTHER_JDK {
      @Override
      void in(LauncherCheckout at) throws IOException {
        Files.writeString(at.jdk.resolve("release"), "JAVA_VERSION=\"25.0.9\"\n");
      }
    },
    OTHER_FLAGS {
      @Override
      void in(LauncherCheckout at) throws IOException {
        String text = Files.readString(at.launcher());
        Files.writeString(at.launcher(), text.replace("flags=\"-XX", "flags=\"-Xss1m -XX"));
      }
    },
    A_NEWER_JAR {
      @Override
      void in(LauncherCheckout at) throws IOException {
        touch(at, Instant.now().plusSeconds(60));
      }
    },
    A_CACHE_CUT_SHORT {
      @Override
      void in(LauncherCheckout at) throws IOException {
        Files.writeString(at.cache(), "rec");
      }
    },
    A_CACHE_THAT_IS_GONE {
      @Override
      void in(LauncherCheckout at) throws IOException {
        Files.delete(at.cache());
      }
    };

    abstract void in(LauncherCheckout at) throws IOException;

    private static void touch(LauncherCheckout at, Instant when) throws IOException {
      Files.setLastModifiedTime(at.cache().resolveSibling("tenfold.jar"), FileTime.from(when));
    }
  }
}
