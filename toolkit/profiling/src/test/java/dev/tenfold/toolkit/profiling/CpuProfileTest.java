package dev.tenfold.toolkit.profiling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CpuProfileTest {
  private static final String SPIN = ".CpuProfileTest.spin";

  private volatile boolean spinning = true;
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theHotMethodLeadsTheProfileOfEitherEngine(boolean jdkOnly) throws Exception {
    Thread hot = start();
    try (Profiling profiling = Profilings.open(jdkOnly)) {
      ProfilingResponse response = profiling.respond(Profiling.PATH + "profile", "seconds=1").get();

      assertThat(response.status()).isEqualTo(200);
      PprofReader profile = PprofReader.read(response.body());
      assertThat(profile.types).containsExactly("samples/count", "cpu/nanoseconds");
      assertThat(profile.defaultType).isEqualTo("cpu");
      assertThat(profile.periodType).isEqualTo("cpu/nanoseconds");
      assertThat(profile.period).isEqualTo(10_000_000);
      assertThat(profile.durationNanos).isGreaterThan(900_000_000);
      assertThat(profile.leader("cpu")).endsWith(SPIN);
      assertThat(profile.flat("cpu", SPIN)).isGreaterThanOrEqualTo(50_000_000);
      assertThat(profile.rows)
          .anyMatch(row -> "hot http://node.example/***".equals(row.labels().get("thread")));
    } finally {
      spinning = false;
      hot.join();
    }
  }

  @Test
  void theOldestSamplerOfTheJdkFindsTheHotMethodToo() throws Exception {
    Thread hot = start();
    try {
      Map<Sample, long[]> samples =
          JdkCpuRecorder.execution().record(folder, Profilings.after(Duration.ofSeconds(1)));
      assertThat(samples.keySet())
          .anyMatch(s -> s.stack().frames().getFirst().function().endsWith(SPIN));
      assertThat(folder).isEmptyDirectory();
    } finally {
      spinning = false;
      hot.join();
    }
  }

  @Test
  void onThisSystemTheEnginesAreTheGoodOnes() throws IOException {
    assertThat(JdkCpuRecorder.best().engine())
        .isEqualTo(AsyncLibrary.onLinux() ? "jdk.CPUTimeSample" : "jdk.ExecutionSample");
  }

  @Test
  void aSecondProfileAtOnceIsTooMany() throws Exception {
    try (Profiling profiling = Profiling.open()) {
      CompletableFuture<ProfilingResponse> first =
          profiling.respond(Profiling.PATH + "profile", "seconds=300");
      ProfilingResponse second = profiling.respond(Profiling.PATH + "profile", "").get();

      assertThat(second.status()).isEqualTo(429);
      assertThat(Integer.parseInt(second.headers().get("Retry-After"))).isBetween(290, 301);
      assertThat(new String(second.body(), UTF_8)).contains("one at a time");
      first.cancel(true);
    }
  }

  @Test
  void aClientThatLeavesFreesTheSlot() throws Exception {
    try (Profiling profiling = Profiling.open()) {
      profiling.respond(Profiling.PATH + "profile", "seconds=300").cancel(true);

      ProfilingResponse next = Profilings.untilNotBusy(profiling, "profile", "seconds=1");
      assertThat(next.status()).isEqualTo(200);
    }
  }

  @Test
  void closingEndsTheProfileThatIsUnderWay() throws Exception {
    Profiling profiling = Profiling.open();
    CompletableFuture<ProfilingResponse> running =
        profiling.respond(Profiling.PATH + "profile", "seconds=300");
    profiling.close();
    assertThat(running.get().status()).isEqualTo(503);
    assertThat(profiling.respond(Profiling.PATH, null).get().status()).isEqualTo(503);
    profiling.close();
  }

  private Thread start() {
    return Thread.ofPlatform().name("hot http://node.example/key").daemon().start(this::spin);
  }

  private long spin() {
    long x = 1;
    while (spinning) {
      x = x * 31 + 7;
    }
    return x;
  }
}
