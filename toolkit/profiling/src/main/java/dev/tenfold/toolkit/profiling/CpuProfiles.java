package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes CPU profiles, one at a time, each on a thread of its own. Safe for any thread. */
final class CpuProfiles {
  /** Where files go, and what records; asked for on the thread of the profile. */
  interface Recorders {
    Path folder() throws IOException;

    CpuRecorder cpu() throws IOException;
  }

  private static final long CLOSE_SECONDS = 10;

  private final Recorders recorders;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Run> running = new AtomicReference<>();

  /** One profile under way. */
  private record Run(
      int seconds,
      Instant start,
      CompletableFuture<ProfilingResponse> answer,
      CountDownLatch ended,
      CountDownLatch finished)
      implements CpuRecorder.End {

    Run(int seconds, Instant start) {
      this(seconds, start, new CompletableFuture<>(), new CountDownLatch(1), new CountDownLatch(1));
      var _ = answer.whenComplete((response, failure) -> ended.countDown());
    }

    @Override
    public boolean await() throws InterruptedException {
      return !ended.await(seconds, TimeUnit.SECONDS);
    }
  }

  CpuProfiles(Recorders recorders, InstantSource clock) {
    this.recorders = recorders;
    this.clock = clock;
  }

  /**
   * Takes a profile. If the answer is cancelled, it ends at once.
   *
   * @throws Refusal while another one is being taken
   */
  CompletableFuture<ProfilingResponse> take(
      int seconds, Function<Profile, ProfilingResponse> form) {
    Run run = new Run(seconds, clock.instant());
    Run other = running.compareAndExchange(null, run);
    if (other != null) {
      Duration left = Duration.between(clock.instant(), other.start.plusSeconds(other.seconds));
      throw Refusal.busy(
          "another CPU profile is being taken; one at a time", Math.max(1, left.toSeconds() + 1));
    }
    Thread.ofPlatform().daemon().name("tenfold-profiling-cpu").start(() -> finish(run, form));
    return run.answer;
  }

  /** Ends what is under way, and waits for its end; who waits for the answer gets 503. */
  void close() {
    Run run = running.get();
    if (run == null) {
      return;
    }
    run.answer.complete(Refusal.closed().response());
    try {
      var _ = run.finished.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish(Run run, Function<Profile, ProfilingResponse> form) {
    ProfilingResponse answer;
    try {
      CpuRecorder recorder = recorders.cpu();
      Map<Sample, long[]> samples = recorder.record(recorders.folder(), run);
      Duration length = Duration.between(run.start, clock.instant());
      answer = form.apply(Profile.cpu(run.start, length, samples));
    } catch (IOException | InterruptedException | RuntimeException e) {
      answer = Profiling.failure(e);
    } finally {
      running.set(null); // before who waits is told: another profile may be taken then
      run.finished.countDown();
    }
    run.answer.complete(answer);
  }
}
