package dev.tenfold.toolkit.profiling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
      assertThat(top(go, save(profiling, "threadcreate", "")))
          .contains("Type: threadcreate", "(started before the recording)");
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

  @Test
  void goToolPprofAsksAServerForNothingButTheProfile() throws Exception {
    Path go = go();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    try (Profiling profiling = Profilings.open(true)) {
      ProfilingHandler handler = new ProfilingHandler(profiling);
      server.createContext(
          "/",
          http -> {
            asked.add(http.getRequestURI().toString());
            handler.handle(http);
          });
      server.start();
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + Profiling.PATH;
      assertThat(run(go, "-seconds", "1", url + "goroutine")).contains("Type: goroutine");
      assertThat(run(go, url + "heap")).contains("the heap is not sampled");
      assertThat(asked).containsExactly("/debug/pprof/goroutine?seconds=1", "/debug/pprof/heap");
    } finally {
      server.stop(0);
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

  private String top(Path go, Path profile, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(profile.toString());
    String output = run(go, all.toArray(String[]::new));
    assertThat(output).contains("Type: ");
    return output;
  }

  private String run(Path go, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(go.toString(), "tool", "pprof", "-top"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PPROF_TMPDIR", folder.toString()); // what it has read
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
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
