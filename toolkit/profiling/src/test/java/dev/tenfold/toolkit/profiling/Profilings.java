package dev.tenfold.toolkit.profiling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;

/** What tests do with the thing. */
final class Profilings {
  private Profilings() {}

  static Profiling open(boolean jdkOnly) {
    return new Profiling(512 << 10, InstantSource.system(), jdkOnly);
  }

  static ProfilingResponse get(Profiling profiling, String profile, String query)
      throws ExecutionException, InterruptedException {
    return profiling.respond(Profiling.PATH + profile, query).get();
  }

  /** The profile, which must be one. */
  static PprofReader read(Profiling profiling, String profile, String query) throws Exception {
    ProfilingResponse response = get(profiling, profile, query);
    assertThat(response.status()).as(new String(response.body(), UTF_8)).isEqualTo(200);
    return read(response);
  }

  static ProfilingResponse untilNotBusy(Profiling profiling, String profile, String query)
      throws ExecutionException, InterruptedException {
    ProfilingResponse response = get(profiling, profile, query);
    while (response.status() == 429) {
      Thread.onSpinWait();
      response = get(profiling, profile, query);
    }
    return response;
  }

  private static PprofReader read(ProfilingResponse response) throws IOException {
    return PprofReader.read(response.body());
  }
}
