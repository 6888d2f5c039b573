package dev.tenfold.bench.toolkit;

import dev.tenfold.toolkit.metrics.RequestMetrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Recorder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One latency is recorded, by all threads in one place. JMH derives from it. */
@State(Scope.Benchmark)
public class MetricsMicro {
  private static final int VALUES = 1 << 12;
  private static final double MEAN_NANOS = 2e6;

  private final RequestMetrics ours = new RequestMetrics();
  private final Recorder recorder = new Recorder(Duration.ofSeconds(137).toNanos(), 2);
  private final Timer plainTimer = Timer.builder("plain").register(new SimpleMeterRegistry());
  private final Timer timerWithPercentiles =
      Timer.builder("percentiles")
          .publishPercentiles(0.5, 0.99)
          .register(new SimpleMeterRegistry());
  private final CountsBehindALock locked = new CountsBehindALock();

  /** Count, sum and mean as a first version has them: no percentiles, and everybody waits. */
  private static final class CountsBehindALock {
    private final ReentrantLock lock = new ReentrantLock();
    private long count;
    private long sumNanos;

    long record(long nanos) {
      lock.lock();
      try {
        sumNanos += nanos;
        count++;
        return sumNanos / count;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Latencies as requests have them, and the place of a thread among them. */
  @State(Scope.Thread)
  public static class Latencies {
    private final long[] nanos = latencies();
    private int at;

    /** JMH makes one for each thread. */
    public Latencies() {}

    private static long[] latencies() {
      Random random = new Random(1);
      return random
          .doubles(VALUES)
          .mapToLong(d -> (long) (-MEAN_NANOS * Math.log(1 - d)))
          .toArray();
    }

    long next() {
      at = (at + 1) & (VALUES - 1);
      return nanos[at];
    }
  }

  /** JMH makes one for all threads. */
  public MetricsMicro() {}

  /** {@code RequestMetrics}: count, sum, histogram. */
  @Benchmark
  public void tenfold(Latencies latencies) {
    ours.record(latencies.next());
  }

  /** HdrHistogram's recorder, 2 digits: a histogram. */
  @Benchmark
  public void hdrRecorder(Latencies latencies) {
    recorder.recordValue(latencies.next());
  }

  /** Micrometer's timer: count, sum, and the longest of late. */
  @Benchmark
  public void micrometerTimer(Latencies latencies) {
    plainTimer.record(latencies.next(), TimeUnit.NANOSECONDS);
  }

  /** The same with two percentiles over a sliding window. */
  @Benchmark
  public void micrometerPercentiles(Latencies latencies) {
    timerWithPercentiles.record(latencies.next(), TimeUnit.NANOSECONDS);
  }

  /** Two fields behind a lock. */
  @Benchmark
  public long lockAndFields(Latencies latencies) {
    return locked.record(latencies.next());
  }
}
