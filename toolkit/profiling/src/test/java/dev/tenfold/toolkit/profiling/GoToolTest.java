package dev.tenfold.toolkit.profiling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reader that the format was made for. It is not needed to build this, so where there is no Go
 * this is skipped even in continuous integration; {@link PprofReader} is always there.
 */
@Timeout(300) // go builds the tool when it is first used
class GoToolTest {
  @TempDir Path folder;

  @Test
  void goToolPprofReadsEachProfile() throws Exception {
    Path go = go();
    try (Profiling profiling = Profiling.open()) {
      assertThat(top(go, save(profiling, "profile", "seconds=1")))
          .contains("Type: cpu", "Duration: 1", "flat%");
      assertThat(top(go, save(profiling, "heap", ""))).contains("Type: inuse_space", "flat%");
      assertThat(top(go, save(profiling, "allocs", ""))).contains("Type: alloc_space", "flat%");
      assertThat(top(go, save(profiling, "goroutine", "")))
          .contains("Type: goroutine", "jdk.internal.misc.Unsafe.park");
      assertThat(top(go, save(profiling, "wall", "seconds=1")))
          .contains("Type: wall", "Duration: 1", "flat%");
      assertThat(top(go, save(profiling, "mutex", ""))).contains("Type: delay");
      assertThat(top(go, save(profiling, "block", "seconds=1")))
          .contains("Type: delay", "Duration: 1");
    }
  }

  @Test
  void goToolPprofTakesOneAsTheBaseOfAnother() throws Exception {
    Path go = go();
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    try (Profiling profiling = Profilings.open(true)) {
      Path base = save(profiling, "goroutine", "");
      for (int i = 0; i < 40; i++) {
        threads.add(Thread.ofVirtual().start(() -> await(end)));
      }
      Profilings.awaitParked(threads);
      Path later = save(profiling, "goroutine", "");
      assertThat(top(go, later, "-cum", "-base", base.toString()))
          .containsPattern("\\s40\\s+\\S+\\s+" + getClass().getName() + "\\.await");
    } finally {
      end.countDown();
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Path save(Profiling profiling, String profile, String query) throws Exception {
    Path file = Files.createTempFile(folder, profile, ".pb.gz");
    ProfilingResponse response = Profilings.untilNotBusy(profiling, profile, query);
    assertThat(response.status()).as(new String(response.body(), UTF_8)).isEqualTo(200);
    return Files.write(file, response.body());
  }

  private static String top(Path go, Path profile, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(go.toString(), "tool", "pprof", "-top"));
    command.addAll(List.of(options));
    command.add(profile.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static Path go() {
    String path = System.getenv().getOrDefault("PATH", "");
    Path go =
        Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/local/go/bin"))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, "go"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(go != null, "there is no go on this machine");
    return go;
  }
}
