package dev.tenfold.toolkit.profiling;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a profile as a gzipped profile.proto, which is what {@code go tool pprof} reads.
 *
 * <p>Source: <a
 * href="https://github.com/google/pprof/blob/main/proto/profile.proto">profile.proto</a>, whose
 * field numbers these are.
 */
final class PprofWriter {
  private final ProtobufMessage profile = new ProtobufMessage();
  private final Map<String, Long> strings = new LinkedHashMap<>();
  private final Map<Function, Long> functions = new LinkedHashMap<>();
  private final Map<Frame, Long> locations = new LinkedHashMap<>();

  private record Function(String name, String file) {}

  private PprofWriter() {
    string(""); // the table begins with it
  }

  static byte[] write(Profile profile) {
    PprofWriter writer = new PprofWriter();
    writer.encode(profile);
    return gzip(writer.profile.toBytes());
  }

  private void encode(Profile from) {
    from.types().forEach(type -> profile.message(1, type(type)));
    from.samples().forEach((sample, values) -> sample(from.labelKey(), sample, values));
    profile.message(3, mapping());
    locations.forEach(this::location);
    functions.forEach(this::function);
    profile.number(9, nanos(from.start()));
    profile.number(10, from.length().toNanos());
    profile.message(11, type(from.periodType()));
    profile.number(12, from.period());
    profile.packed(13, from.comments().stream().mapToLong(this::string).toArray());
    profile.number(14, string(from.types().get(from.mainType()).name()));
    strings.keySet().forEach(text -> profile.text(6, text)); // last: all of them are known now
  }

  private ProtobufMessage type(Profile.ValueType type) {
    ProtobufMessage message = new ProtobufMessage();
    message.number(1, string(type.name()));
    message.number(2, string(type.unit()));
    return message;
  }

  private void sample(String labelKey, Sample sample, long[] values) {
    ProtobufMessage message = new ProtobufMessage();
    List<Frame> frames = sample.stack().frames();
    message.packed(1, frames.stream().mapToLong(frame -> id(locations, frame)).toArray());
    message.packed(2, values);
    if (!sample.label().isEmpty()) {
      ProtobufMessage label = new ProtobufMessage();
      label.number(1, string(labelKey));
      label.number(2, string(sample.label()));
      message.message(3, label);
    }
    profile.message(2, message);
  }

  /** One mapping that says that nothing is left to be symbolized; or the reader would try to. */
  private ProtobufMessage mapping() {
    ProtobufMessage mapping = new ProtobufMessage();
    mapping.number(1, 1);
    mapping.number(5, string("java"));
    mapping.number(7, 1);
    mapping.number(8, 1);
    mapping.number(9, 1);
    return mapping;
  }

  private void location(Frame frame, long id) {
    ProtobufMessage line = new ProtobufMessage();
    line.number(1, id(functions, new Function(frame.function(), frame.file())));
    line.number(2, frame.line());
    ProtobufMessage location = new ProtobufMessage();
    location.number(1, id);
    location.number(2, 1);
    location.message(4, line);
    profile.message(4, location);
  }

  private void function(Function function, long id) {
    ProtobufMessage message = new ProtobufMessage();
    message.number(1, id);
    message.number(2, string(function.name()));
    message.number(3, string(function.name()));
    message.number(4, string(function.file()));
    profile.message(5, message);
  }

  private long string(String text) {
    Long next = (long) strings.size();
    Long known = strings.putIfAbsent(text, next);
    return known == null ? next : known;
  }

  private static <K> long id(Map<K, Long> ids, K key) {
    Long next = ids.size() + 1L;
    Long known = ids.putIfAbsent(key, next);
    return known == null ? next : known;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return out.toByteArray();
  }
}
