package dev.tenfold.toolkit.profiling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** What tests do with the thing. */
final class Profilings {
  private Profilings() {}

  static Profiling open(boolean jdkOnly) {
    return new Profiling(
        new Settings(512 << 10, Duration.ofMillis(1), false, UnaryOperator.identity(), jdkOnly),
        InstantSource.system());
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

  /** The text, which must be one. */
  static String text(Profiling profiling, String profile, String query) throws Exception {
    ProfilingResponse response = get(profiling, profile, query);
    String text = new String(response.body(), UTF_8);
    assertThat(response.status()).as(text).isEqualTo(200);
    assertThat(response.headers()).containsEntry("Content-Type", "text/plain; charset=utf-8");
    return text;
  }

  /** Waits until all of them are parked without a limit. */
  static void awaitParked(List<Thread> threads) {
    while (threads.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
  }

  /** Waits until a thread of that name is in that state. */
  static void awaitThread(String name, Thread.State state) {
    while (Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals(name) && thread.getState() == state)) {
      Thread.onSpinWait();
    }
  }

  /** An end after that time, with somebody who waits for it. */
  static End after(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    return new End() {
      @Override
      public boolean await(Duration atMost) throws InterruptedException {
        long left = deadline - System.nanoTime();
        var _ = never.await(Math.min(left, atMost.toNanos()), TimeUnit.NANOSECONDS);
        return System.nanoTime() >= deadline;
      }

      @Override
      public void beginNow() {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean isWanted() {
        return true;
      }
    };
  }

  private static PprofReader read(ProfilingResponse response) throws IOException {
    return PprofReader.read(response.body());
  }
}
