package dev.tenfold.toolkit.profiling;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads a gzipped profile.proto by its published field numbers; shares nothing with the writer. */
final class PprofReader {
  final List<String> types = new ArrayList<>();
  final List<Row> rows = new ArrayList<>();
  final long period;
  final String periodType;
  final String defaultType;
  final long durationNanos;
  final List<String> comments;

  /** A sample: functions and places, innermost first; values; labels. */
  record Row(List<String> functions, List<Long> values, Map<String, String> labels) {}

  private PprofReader(Fields profile) {
    List<String> strings = profile.texts(6);
    Map<Long, String> functions = new HashMap<>();
    for (Fields function : profile.messages(5)) {
      functions.put(function.number(1), strings.get((int) function.number(2)));
    }
    Map<Long, String> locations = new HashMap<>();
    for (Fields location : profile.messages(4)) {
      Fields line = location.messages(4).getFirst();
      locations.put(location.number(1), functions.get(line.number(1)));
    }
    for (Fields type : profile.messages(1)) {
      types.add(strings.get((int) type.number(1)) + "/" + strings.get((int) type.number(2)));
    }
    for (Fields sample : profile.messages(2)) {
      Map<String, String> labels = new HashMap<>();
      for (Fields label : sample.messages(3)) {
        labels.put(strings.get((int) label.number(1)), strings.get((int) label.number(2)));
      }
      List<String> names = sample.packed(1).stream().map(locations::get).toList();
      rows.add(new Row(names, sample.packed(2), labels));
    }
    Fields unit = profile.messages(11).getFirst();
    periodType = strings.get((int) unit.number(1)) + "/" + strings.get((int) unit.number(2));
    period = profile.number(12);
    durationNanos = profile.number(10);
    comments = profile.packed(13).stream().map(i -> strings.get(i.intValue())).toList();
    defaultType = strings.get((int) profile.number(14));
  }

  static PprofReader read(byte[] gzipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
      return new PprofReader(new Fields(in.readAllBytes()));
    }
  }

  /** The sum of a type over all samples whose innermost function ends with this name. */
  long flat(String type, String function) {
    return rows.stream()
        .filter(row -> row.functions().getFirst().endsWith(function))
        .mapToLong(row -> row.values().get(index(type)))
        .sum();
  }

  /** The sum of a type over all samples with such a function anywhere. */
  long cumulative(String type, String function) {
    return rows.stream()
        .filter(row -> row.functions().stream().anyMatch(name -> name.endsWith(function)))
        .mapToLong(row -> row.values().get(index(type)))
        .sum();
  }

  long total(String type) {
    return rows.stream().mapToLong(row -> row.values().get(index(type))).sum();
  }

  /** The innermost function with the largest sum of a type. */
  String leader(String type) {
    Map<String, Long> sums = new HashMap<>();
    for (Row row : rows) {
      sums.merge(row.functions().getFirst(), row.values().get(index(type)), Long::sum);
    }
    return sums.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** The functions of the sample with the largest value of a type, innermost first. */
  List<String> leadingStack(String type) {
    return rows.stream()
        .max(Comparator.comparingLong(row -> row.values().get(index(type))))
        .orElseThrow()
        .functions();
  }

  private int index(String type) {
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).startsWith(type + "/")) {
        return i;
      }
    }
    throw new AssertionError("no type " + type + " in " + types);
  }

  /** The fields of one message. */
  private static final class Fields {
    private final Map<Integer, List<Long>> numbers = new HashMap<>();
    private final Map<Integer, List<byte[]>> bytes = new HashMap<>();
    private final byte[] from;
    private int at;

    Fields(byte[] from) {
      this.from = from;
      while (at < from.length) {
        long tag = varint();
        int field = (int) (tag >>> 3);
        if ((tag & 7) == 0) {
          numbers.computeIfAbsent(field, f -> new ArrayList<>()).add(varint());
        } else if ((tag & 7) == 2) {
          int length = (int) varint();
          byte[] value = Arrays.copyOfRange(from, at, at + length);
          at += length;
          bytes.computeIfAbsent(field, f -> new ArrayList<>()).add(value);
        } else {
          throw new AssertionError("unexpected wire type in tag " + tag);
        }
      }
    }

    long number(int field) {
      return numbers.getOrDefault(field, List.of(0L)).getFirst();
    }

    List<String> texts(int field) {
      return bytes.getOrDefault(field, List.of()).stream()
          .map(value -> new String(value, StandardCharsets.UTF_8))
          .toList();
    }

    List<Fields> messages(int field) {
      return bytes.getOrDefault(field, List.of()).stream().map(Fields::new).toList();
    }

    List<Long> packed(int field) {
      List<Long> values = new ArrayList<>();
      for (byte[] value : bytes.getOrDefault(field, List.of())) {
        Packed packed = new Packed(value);
        values.addAll(packed.values);
      }
      return values;
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = from[at++];
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }

  private static final class Packed {
    private final List<Long> values = new ArrayList<>();

    Packed(byte[] from) {
      long value = 0;
      int shift = 0;
      for (byte next : from) {
        value |= (next & 0x7fL) << shift;
        shift += 7;
        if (next >= 0) {
          values.add(value);
          value = 0;
          shift = 0;
        }
      }
    }
  }
}
