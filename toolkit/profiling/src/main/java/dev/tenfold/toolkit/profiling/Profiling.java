package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Profiles of this JVM, as Go offers them under {@code /debug/pprof/}, and an index page. {@code go
 * tool pprof} reads them unchanged; with {@code format=flamegraph} they are a page for the browser,
 * and with {@code debug=1} a text.
 *
 * <ul>
 *   <li>{@code profile} (CPU time) and {@code wall} (time of all threads, whether they run or wait)
 *       take a number of seconds.
 *   <li>{@code heap}, {@code allocs} and {@code goroutine} (all threads) are what is at the moment.
 *       {@code mutex}, {@code block} (waits) and {@code threadcreate} are what was since a
 *       beginning. With {@code seconds}, all of these are what changes meanwhile.
 *   <li>{@code trace} is a file of the JDK's recorder, without the events that may hold secrets.
 *   <li>{@code cmdline} is the command of this JVM with what looks like a secret masked, and {@code
 *       goroutine?debug=2} a dump of all threads, with their names masked alike.
 * </ul>
 *
 * <p>It knows no HTTP server: {@link #respond} takes a path and a query. To mount it on any, hand
 * {@code GET} requests for {@link #PATH} over, send what comes back, and cancel the future where
 * the client leaves.
 *
 * {@snippet file="dev/tenfold/toolkit/profiling/ProfilingExampleTest.java" region="any"}
 *
 * <p>{@link ProfilingHandler} does so for the HTTP server of the JDK. Who may ask is the server's
 * business: profiles show what the program does.
 *
 * <p><b>Threads.</b> Safe for any, and nothing here blocks the caller except {@link #close}. There
 * is one daemon thread, and one more for each request that takes a number of seconds.
 *
 * <p><b>What runs all the time</b> is the sampling of allocations by async-profiler. It loads in
 * the background after {@link #open}. Where it does not load, {@code heap} and {@code allocs} say
 * so with 501, and CPU and wall-clock time are taken by means of the JDK. One JVM has one open
 * {@code Profiling} that samples the heap; {@code heap} of a second one says 501. Waits and starts
 * of threads are recorded by the JDK's recorder from the first request for them on, until nobody
 * has asked for ten minutes, or always ({@link Builder#recordFromStart}). Meanwhile all threads are
 * looked at again and again, at less than a fiftieth of one processor.
 *
 * <p><b>Limits.</b> {@code seconds} is 1 to 300; 30 for {@code profile} and {@code wall} and 1 for
 * {@code trace} where it is not said. One of {@code profile} and {@code wall} at a time, one {@code
 * trace}, 4 differences, and 8 other requests; more get 429. A text is cut at 32 Mi characters, a
 * trace keeps the last 64 MiB of events or so. Files of samples are kept in a folder under {@code
 * java.io.tmpdir}, of events where the JDK's recorder has its own: they are read and begun anew
 * when a check, once a minute, finds more than 32 MiB. Of each kind 20,000 distinct stacks are told
 * apart, the rest is counted together. async-profiler follows 1,024 sampled objects, those among
 * them that no collection has found to be garbage yet: that is about 512 MiB. For larger heaps
 * choose a larger sample.
 *
 * <p><b>Cost.</b> {@code heap} collects the whole heap, which stops the program for as long as the
 * collector takes for that; a difference does so twice. {@code allocs} does not. {@code goroutine}
 * writes about a kilobyte a thread to a file for a moment, and so does each look at the threads.
 * docs/toolkit/profiling.md has what was measured.
 */
public final class Profiling implements AutoCloseable {
  /** Where Go has its profiles, and its tools expect them. */
  public static final String PATH = "/debug/pprof/";

  private static final int DEFAULT_SECONDS = 30; // as in Go
  private static final int DEFAULT_TRACE_SECONDS = 1;
  private static final int MOST_DIFFERENCES = 4;
  private static final long CLOSE_SECONDS = 10;

  /** No addresses are in a profile, so there is none to be looked up. */
  private static final String SYMBOLS = "num_symbols: 0\n";

  private final Settings settings;
  private final Recorder recorder;
  private final InstantSource clock;
  private final TimedWork timed =
      new TimedWork(
          "tenfold-profiling-time",
          1,
          "another CPU or wall-clock profile is being taken; one at a time");
  private final TimedWork traces =
      new TimedWork("tenfold-profiling-trace", 1, "another trace is being taken; one at a time");
  private final TimedWork differences =
      new TimedWork(
          "tenfold-profiling-difference",
          MOST_DIFFERENCES,
          MOST_DIFFERENCES + " differences are being taken; no more at a time");

  /** Takes a profile until an end. */
  private interface Timed {
    Profile take(Instant start, End end) throws IOException, InterruptedException;
  }

  Profiling(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    recorder = new Recorder(settings, clock);
  }

  /** Opens with what {@link Builder} begins with. */
  public static Profiling open() {
    return builder().open();
  }

  /** What to open with. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Answers a request. A profile that nobody waits for any more is ended by cancelling the future.
   *
   * @param path of the URL, from its root
   * @param query of the URL as it came, without the question mark; null or empty for none
   * @return completes with a response in every case, and never exceptionally
   */
  public CompletableFuture<ProfilingResponse> respond(String path, @Nullable String query) {
    try {
      return answer(path, query);
    } catch (Refusal refusal) {
      return CompletableFuture.completedFuture(refusal.response());
    }
  }

  /**
   * Ends the sampling and what is under way, and removes the files. Blocks for as long as that
   * takes, at most 20 seconds. Requests get 503 from here on. May be called again.
   */
  @Override
  public void close() {
    List<TimedWork> all = List.of(timed, traces, differences);
    all.forEach(TimedWork::end);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    try {
      for (TimedWork work : all) {
        work.awaitEnd(deadline);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    recorder.close();
  }

  private CompletableFuture<ProfilingResponse> answer(String path, @Nullable String query) {
    if (recorder.isClosed()) {
      throw Refusal.closed();
    }
    return switch (name(path)) {
      case "" -> CompletableFuture.completedFuture(Pages.index());
      case "profile" -> cpu(snapshotQuery(query));
      case "wall" -> wall(snapshotQuery(query));
      case "trace" -> trace(Query.parse(query, Set.of("seconds")));
      case "heap" ->
          snapshot(Snapshot.HEAP, Query.parse(query, Set.of("gc", "seconds", "format", "debug")));
      case "allocs" -> snapshot(Snapshot.ALLOCS, snapshotQuery(query));
      case "goroutine" -> goroutine(snapshotQuery(query));
      case "mutex" -> snapshot(Snapshot.MUTEX, snapshotQuery(query));
      case "block" -> snapshot(Snapshot.BLOCK, snapshotQuery(query));
      case "threadcreate" -> snapshot(Snapshot.THREADCREATE, snapshotQuery(query));
      case "cmdline" -> commandLine(query);
      case "symbol" -> CompletableFuture.completedFuture(ProfilingResponse.text(SYMBOLS));
      default -> throw Refusal.notFound("no such profile; " + PATH + " lists what is here");
    };
  }

  private static Query snapshotQuery(@Nullable String query) {
    return Query.parse(query, Set.of("seconds", "format", "debug"));
  }

  private static String name(String path) {
    if (path.startsWith(PATH)) {
      return path.substring(PATH.length());
    }
    if (PATH.equals(path + "/")) { // the links of the index need the slash
      throw Refusal.moved(PATH);
    }
    return "/"; // the name of no profile
  }

  private CompletableFuture<ProfilingResponse> cpu(Query query) {
    return timed(
        "profile",
        query,
        (start, end) -> {
          var samples = recorder.cpu().record(recorder.folder().path(), end);
          return Profile.cpu(start, Duration.between(start, clock.instant()), samples);
        });
  }

  private CompletableFuture<ProfilingResponse> wall(Query query) {
    return timed(
        "wall",
        query,
        (start, end) -> {
          var samples = recorder.wall().record(recorder.folder().path(), end);
          return Profile.wall(start, Duration.between(start, clock.instant()), samples);
        });
  }

  private CompletableFuture<ProfilingResponse> timed(String name, Query query, Timed source) {
    var _ = query.debug(0);
    Function<Profile, ProfilingResponse> form = form(name, query.format());
    return timed.begin(
        query.seconds(DEFAULT_SECONDS), end -> form.apply(source.take(clock.instant(), end)));
  }

  private CompletableFuture<ProfilingResponse> trace(Query query) {
    return traces.begin(
        query.seconds(DEFAULT_TRACE_SECONDS),
        end ->
            ProfilingResponse.file(
                "trace.jfr", TraceRecorder.record(recorder.folder().path(), end)));
  }

  private CompletableFuture<ProfilingResponse> commandLine(@Nullable String query) {
    var _ = Query.parse(query, Set.of());
    return recorder.respond(
        () ->
            ProfilingResponse.text(
                Secrets.maskedArguments(CommandLine.arguments()).stream()
                    .map(settings.argumentMask())
                    .collect(Collectors.joining("\0"))));
  }

  private CompletableFuture<ProfilingResponse> goroutine(Query query) {
    if (query.debug(2) == 2) {
      return recorder.respond(() -> ProfilingResponse.text(recorder.threadDump()));
    }
    return snapshot(Snapshot.GOROUTINE, query);
  }

  private CompletableFuture<ProfilingResponse> snapshot(Snapshot snapshot, Query query) {
    query.checkGc();
    int seconds = query.seconds(0);
    boolean isText = query.debug(1) == 1;
    Function<Profile, ProfilingResponse> form =
        isText ? text(snapshot.path()) : form(snapshot.path(), query.format());
    if (seconds == 0) {
      return recorder.respond(() -> form.apply(recorder.take(snapshot)));
    }
    return differences.begin(
        seconds,
        end -> {
          Profile before = recorder.takeAndWait(snapshot);
          end.beginNow();
          if (!end.await()) {
            return Refusal.closed().response();
          }
          return form.apply(recorder.takeAndWait(snapshot).since(before));
        });
  }

  private static Function<Profile, ProfilingResponse> form(String name, Query.Format format) {
    return switch (format) {
      case PPROF -> profile -> ProfilingResponse.file(name + ".pb.gz", PprofWriter.write(profile));
      case FLAMEGRAPH -> profile -> Pages.flameGraph(name, profile);
    };
  }

  private static Function<Profile, ProfilingResponse> text(String name) {
    return profile -> ProfilingResponse.text(TextForm.of(name, profile));
  }

  /** What a {@link Profiling} is opened with. */
  public static final class Builder {
    private static final Duration LEAST_THRESHOLD = Duration.ofNanos(10_000);
    private static final Duration LARGEST_THRESHOLD = Duration.ofSeconds(10);

    private int heapSampleBytes = Settings.DEFAULT.heapSampleBytes();
    private Duration waitThreshold = Settings.DEFAULT.waitThreshold();
    private boolean recordsFromStart;
    private UnaryOperator<String> argumentMask = Settings.DEFAULT.argumentMask();

    private Builder() {}

    /**
     * Bytes allocated between two samples of the heap, on average: 16 KiB to 1 GiB; 512 KiB, as in
     * Go, if not given.
     *
     * @throws IllegalArgumentException for others
     */
    public Builder heapSampleBytes(int bytes) {
      if (bytes < 16 << 10 || bytes > 1 << 30) {
        throw new IllegalArgumentException(
            "heapSampleBytes is " + bytes + "; it must be from 16384 to 1073741824");
      }
      heapSampleBytes = bytes;
      return this;
    }

    /**
     * Shorter waits are left out of {@code mutex} and {@code block}: 10 µs to 10 s; 1 ms if not
     * given. Waits of virtual threads are sampled, and have no threshold.
     *
     * @throws IllegalArgumentException for others
     */
    public Builder waitThreshold(Duration threshold) {
      if (threshold.compareTo(LEAST_THRESHOLD) < 0 || threshold.compareTo(LARGEST_THRESHOLD) > 0) {
        throw new IllegalArgumentException(
            "waitThreshold is " + threshold + "; it must be from 10 µs to 10 s");
      }
      waitThreshold = threshold;
      return this;
    }

    /**
     * Records waits and starts of threads from the start to the end. If not given, the first
     * request for {@code mutex}, {@code block} or {@code threadcreate} starts it, and it ends when
     * nobody has asked for ten minutes.
     */
    public Builder recordFromStart() {
      recordsFromStart = true;
      return this;
    }

    /**
     * What {@code cmdline} shows in place of an argument; {@code arg -> "***"} hides all. It is
     * given what is left of each after what looks like a secret is masked, on a thread of the
     * {@code Profiling}.
     */
    public Builder maskArguments(UnaryOperator<String> mask) {
      argumentMask = Objects.requireNonNull(mask, "mask");
      return this;
    }

    /** Opens; returns at once. */
    public Profiling open() {
      Settings settings =
          new Settings(heapSampleBytes, waitThreshold, recordsFromStart, argumentMask, false);
      return new Profiling(settings, InstantSource.system());
    }
  }
}
