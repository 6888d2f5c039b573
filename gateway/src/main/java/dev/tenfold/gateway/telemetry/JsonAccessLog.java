package dev.tenfold.gateway.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one JSON line a call to a stream, from a thread of its own. Entries wait in a queue of
 * {@value #CAPACITY}; where the disk cannot keep up the newest are dropped and counted. Lines are
 * flushed whenever the queue is empty.
 */
public final class JsonAccessLog implements AccessLog {
  static final int CAPACITY = 16_384;
  private static final int LONGEST_METHOD = 128;
  private static final long REST_NANOS = 20_000_000;
  private static final Logger log = LoggerFactory.getLogger(JsonAccessLog.class);

  private final MpscArrayQueue<AccessEntry> queue = new MpscArrayQueue<>(CAPACITY);
  private final LongAdder dropped = new LongAdder();
  private final OutputStream out;
  private final InstantSource clock;
  private final JsonFactory json =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  private final Thread writer;
  private volatile boolean closing;
  private boolean failed;

  /** Takes ownership of the stream, and closes it. */
  public JsonAccessLog(OutputStream out, InstantSource clock) {
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.clock = clock;
    writer = Thread.ofPlatform().daemon().name("access-log").start(this::run);
  }

  /** Appends to a file, made where it is not there. */
  public static JsonAccessLog toFile(Path file, InstantSource clock) {
    try {
      return new JsonAccessLog(
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), clock);
    } catch (IOException e) {
      throw new UncheckedIOException("ops.access-log: cannot write to " + file, e);
    }
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void write(AccessEntry entry) {
    if (closing || !queue.offer(entry)) {
      dropped.increment();
    }
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean last;
    do {
      last = closing;
      drain();
      if (!last) {
        LockSupport.parkNanos(REST_NANOS);
      }
    } while (!last);
    attempt(out::close);
  }

  private void drain() {
    @Nullable AccessEntry entry = queue.poll();
    if (entry == null) {
      return;
    }
    while (entry != null) {
      AccessEntry line = entry;
      attempt(() -> print(line));
      entry = queue.poll();
    }
    attempt(out::flush);
  }

  private void print(AccessEntry entry) throws IOException {
    try (JsonGenerator line = json.createGenerator(out)) {
      line.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      line.writeStartObject();
      line.writeStringField("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
      line.writeStringField("path", entry.path());
      line.writeStringField("method", shortened(entry.method()));
      line.writeNumberField("status", entry.status());
      line.writeNumberField("ms", milliseconds(entry.latencyNanos()));
      line.writeStringField("verdict", entry.verdict());
      if (!entry.failure().isEmpty()) {
        line.writeStringField("failure", entry.failure());
      }
      line.writeEndObject();
    }
    out.write('\n');
  }

  private static double milliseconds(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  private static String shortened(String method) {
    return method.length() <= LONGEST_METHOD ? method : method.substring(0, LONGEST_METHOD) + "...";
  }

  private void attempt(Output output) {
    try {
      output.go();
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        failed = true;
        log.error("the access log cannot be written", e);
      }
    }
  }

  @FunctionalInterface
  private interface Output {
    void go() throws IOException;
  }
}
