package dev.tenfold.demo;

import dev.tenfold.loadgen.Latency;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What is measured of each step. */
enum Figure {
  P50("p50", "latency p50", "latency_p50_ms"),
  P99("p99", "latency p99", "latency_p99_ms"),
  THROUGHPUT("throughput", "throughput", "throughput_per_s"),
  CPU("CPU/req", "CPU a request", "cpu_ms_per_request"),
  MEMORY("memory", "memory", "memory_mib"),
  HEAP("heap/req", "heap a request", "heap_kib_per_request"),
  PAUSE("GC pause", "GC pause", "gc_pause_longest_ms"),
  NODE_CALLS("calls/req", "node calls a request", "node_calls_per_request");

  private static final double NANOS_A_MILLI = 1e6;
  private static final double BYTES_A_MEBIBYTE = 1 << 20;
  private static final double BYTES_A_KIBIBYTE = 1 << 10;

  private final String head;
  private final String phrase;
  private final String member;

  Figure(String head, String phrase, String member) {
    this.head = head;
    this.phrase = phrase;
    this.member = member;
  }

  /** The head of its column. */
  String head() {
    return head;
  }

  /** What it is called in a sentence. */
  String phrase() {
    return phrase;
  }

  /** What it is called in JSON. */
  String member() {
    return member;
  }

  /** Whether more of it is better. */
  boolean isBetterHigh() {
    return this == THROUGHPUT;
  }

  /** What a reading has of it; empty where the system does not say. */
  OptionalDouble of(Reading reading) {
    double read =
        switch (this) {
          case P50 -> latency(reading).p50Nanos() / NANOS_A_MILLI;
          case P99 -> latency(reading).p99Nanos() / NANOS_A_MILLI;
          case THROUGHPUT -> reading.burst().throughput();
          case CPU -> aRequest(reading.cpuNanos(), reading) / NANOS_A_MILLI;
          case MEMORY -> orNaN(reading.residentBytes()) / BYTES_A_MEBIBYTE;
          case HEAP -> aRequest(reading.allocatedBytes(), reading) / BYTES_A_KIBIBYTE;
          case PAUSE -> reading.pauses().longestMillis();
          case NODE_CALLS -> aRequest(OptionalLong.of(reading.nodeCalls()), reading);
        };
    return Double.isNaN(read) ? OptionalDouble.empty() : OptionalDouble.of(read);
  }

  private static Latency latency(Reading reading) {
    return Latency.of(reading.steady().latency());
  }

  private static double aRequest(OptionalLong all, Reading reading) {
    return orNaN(all) / Math.max(1, reading.steady().sent());
  }

  private static double orNaN(OptionalLong read) {
    return read.isPresent() ? read.getAsLong() : Double.NaN;
  }

  /** For people. */
  String text(double read) {
    return switch (this) {
      case P50, P99, CPU -> millis(read);
      case THROUGHPUT -> format("%,.0f/s", read);
      case MEMORY -> format("%,.0f MiB", read);
      case HEAP -> format("%,.0f KiB", read);
      case PAUSE -> read == 0 ? "none" : millis(read);
      case NODE_CALLS -> format("%.2f", read);
    };
  }

  /** To three digits. */
  private static String millis(double read) {
    return format(read < 10 ? "%,.2f ms" : read < 100 ? "%,.1f ms" : "%,.0f ms", read);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the formats are those of this class
  private static String format(String format, double read) {
    return String.format(Locale.ROOT, format, read);
  }
}
