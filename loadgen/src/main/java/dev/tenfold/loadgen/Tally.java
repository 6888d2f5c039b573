package dev.tenfold.loadgen;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What is counted while a load runs. Not thread-safe; counting what went well allocates nothing.
 */
final class Tally {
  /** A request that goes out later than this, through the generator's own fault, was late. */
  static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final int MOST_CODES = 100;
  private static final int DIGITS = 3;
  private static final long MOST_NANOS = LoadPlan.LONGEST.multipliedBy(2).toNanos();

  final Histogram all = histogram();
  final Histogram hits = histogram();
  final Histogram misses = histogram();
  final Histogram lateness = histogram();

  long sent;
  long calls;
  long late;
  long good;
  long failed;
  long received;
  long reopened;

  private final Map<FailureKind, Long> kinds = new EnumMap<>(FailureKind.class);
  private final long[] statuses = new long[1000];
  private final Map<Integer, Long> codes = new HashMap<>();
  private long otherCodes;

  private static Histogram histogram() {
    return new Histogram(1, MOST_NANOS, DIGITS);
  }

  /** A request went out so long after it could have. */
  void sent(int size, long latenessNanos) {
    sent++;
    calls += size;
    record(lateness, latenessNanos);
    if (latenessNanos >= LATE_NANOS) {
      late++;
    }
  }

  /** A request was answered well. */
  void good(long nanos, ReplyReader.Cache cache) {
    good++;
    record(all, nanos);
    switch (cache) {
      case HIT -> record(hits, nanos);
      case MISS -> record(misses, nanos);
      case UNSAID -> {
        // the server does not say
      }
    }
  }

  /** A request failed. One that timed out has waited so long, which is its least latency. */
  void failed(FailureKind kind, long nanos) {
    failed++;
    kinds.merge(kind, 1L, Long::sum);
    if (kind == FailureKind.TIMEOUT) {
      record(all, nanos);
    }
  }

  void failed(int status) {
    failed++;
    statuses[Math.min(status, statuses.length - 1)]++;
  }

  /** A request was answered, but some of its calls with an error. */
  void failed(BodyScan body) {
    failed++;
    for (int error = 0; error < body.errors(); error++) {
      int code = body.code(error);
      if (codes.size() < MOST_CODES || codes.containsKey(code)) {
        codes.merge(code, 1L, Long::sum);
      } else {
        otherCodes++;
      }
    }
  }

  static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, MOST_NANOS));
  }

  /** What failed, by kind; calls for errors of JSON-RPC, requests for the rest. */
  SortedMap<String, Long> errors() {
    SortedMap<String, Long> errors = new TreeMap<>();
    kinds.forEach((kind, count) -> put(errors, kind.label(), count));
    for (int status = 0; status < statuses.length; status++) {
      put(errors, "HTTP " + status, statuses[status]);
    }
    codes.forEach((code, count) -> put(errors, "JSON-RPC " + code, count));
    put(errors, "JSON-RPC, other codes", otherCodes);
    return errors;
  }

  private static void put(SortedMap<String, Long> errors, String label, long count) {
    if (count > 0) {
      errors.put(label, count);
    }
  }
}
