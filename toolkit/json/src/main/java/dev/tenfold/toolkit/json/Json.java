package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tenfold.toolkit.json.JsonException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Set;

/**
 * Turns values into JSON and back: Jackson's mapping of types (annotations, modules, records) on
 * readers and writers that are made for messages of some hundred bytes to some kilobytes, and are
 * used again.
 *
 * {@snippet file="dev/tenfold/toolkit/json/JsonExampleTest.java" region="example"}
 *
 * <p><b>What it reads.</b> One value of strict RFC 8259 in strict UTF-8, with white space around it
 * and nothing else. A message that is {@code null} is refused, unless the type has a value for it.
 * The subtypes of a sealed type with {@code JsonTypeInfo} are those that it permits. What is wrong
 * with a message is told by a {@link JsonException}, which quotes nothing of it.
 *
 * <p><b>What it writes.</b> The bytes that the mapper itself would write, but characters beyond
 * U+FFFF as UTF-8 in place of two escapes.
 *
 * <p><b>Limits</b> are on from the start: see {@link Builder}. They hold for reading and, as far as
 * size and depth go, for writing; so a value that contains itself is refused.
 *
 * <p><b>Threads.</b> Immutable, and safe for any number of threads; there should be one of it for
 * all that share settings. There are no thread-locals, so virtual threads cost nothing extra. A
 * serializer may call it again.
 *
 * <p><b>Ownership.</b> The bytes that are read belong to the caller, and are not kept; those that
 * are returned are the caller's. A serializer or deserializer of the caller must not keep the
 * generator or parser that it is given.
 *
 * <p><b>Cost.</b> A message takes a reader or writer from a shelf of a few (about two for each
 * processor, each with a buffer of at most 64 KiB), and makes a new one if there is none. What is
 * allocated beyond the value or the bytes themselves is what Jackson's mapping needs. The first use
 * of a type looks it up by reflection.
 */
public final class Json {
  private static final int LONGEST_NAME = 64;

  private final Limits limits;
  private final NameTable names;
  private final Failures failures;
  private final Shelf<JsonReader> readers;
  private final Shelf<JsonWriter> writers;

  private final ObjectWriter byValue;
  private final ByType<ObjectWriter> writeTypes;
  private final ClassValue<ObjectReader> readClasses;
  private final ByType<ObjectReader> readTypes;

  private Json(Builder options) {
    limits = options.limits;
    ObjectMapper mapper = options.mapper.copy();
    mapper.setAnnotationIntrospectors(
        withSealedTypes(mapper.getSerializationConfig().getAnnotationIntrospector()),
        withSealedTypes(mapper.getDeserializationConfig().getAnnotationIntrospector()));
    names = new NameTable(options.names, LONGEST_NAME, true);
    failures = new Failures(options.keepCauses);
    var reading =
        new ReaderSettings(
            limits,
            limits.constraints(),
            mapper.getFactory().getParserFeatures(),
            names,
            options.internedMembers,
            mapper);
    var writing = new WriterSettings(limits, mapper.getFactory().getGeneratorFeatures(), mapper);
    int processors = Runtime.getRuntime().availableProcessors();
    readers = new Shelf<>(processors, () -> new JsonReader(reading));
    writers = new Shelf<>(processors, () -> new JsonWriter(writing));
    byValue = mapper.writer();
    writeTypes = new ByType<>(type -> mapper.writerFor(mapper.constructType(type)));
    readTypes = new ByType<>(type -> mapper.readerFor(mapper.constructType(type)));
    readClasses =
        new ClassValue<>() {
          @Override
          protected ObjectReader computeValue(Class<?> type) {
            return mapper.readerFor(type);
          }
        };
  }

  private static AnnotationIntrospector withSealedTypes(AnnotationIntrospector others) {
    return AnnotationIntrospector.pair(others, new SealedTypes());
  }

  /** With the defaults of {@link Builder}. */
  public static Json create() {
    return builder().build();
  }

  /** The options, with their defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The JSON of a value, by the class that it has.
   *
   * @throws JsonException {@link Reason#MAPPING} if it cannot be written, with the cause; {@link
   *     Reason#LIMIT} if it is larger or deeper than the limits allow
   */
  public byte[] toBytes(Object value) {
    return toBytes(value, byValue);
  }

  /**
   * The same by a type: for what is generic, such as a list whose elements need the id of their
   * type.
   *
   * @throws JsonException as {@link #toBytes(Object)}
   */
  public <T> byte[] toBytes(T value, TypeReference<T> type) {
    return toBytes(value, writeTypes.get(type.getType()));
  }

  private byte[] toBytes(Object value, ObjectWriter as) {
    JsonWriter writer = written(value, as);
    byte[] bytes = writer.out().toBytes();
    putBack(writer);
    return bytes;
  }

  /**
   * Writes the JSON of a value, in one call of {@code out} and only when all of it is there. The
   * stream is neither flushed nor closed.
   *
   * @throws IOException what the stream throws
   * @throws JsonException as {@link #toBytes(Object)}; nothing was written then
   */
  public void write(Object value, OutputStream out) throws IOException {
    Objects.requireNonNull(out, "out");
    JsonWriter writer = written(value, byValue);
    try {
      writer.out().writeTo(out);
    } finally {
      putBack(writer);
    }
  }

  private JsonWriter written(Object value, ObjectWriter as) {
    Objects.requireNonNull(value, "value");
    JsonWriter writer = writers.take();
    try {
      as.writeValue(writer, value);
      writer.finish();
    } catch (IOException | RuntimeException e) {
      throw failures.writing(e, value); // the writer is dropped: nobody knows in what state it is
    }
    return writer;
  }

  private void putBack(JsonWriter writer) {
    writer.clear();
    writers.putBack(writer);
  }

  /**
   * The value of a message.
   *
   * @throws JsonException for whatever is wrong with it
   */
  public <T> T fromBytes(byte[] json, Class<T> type) {
    return fromBytes(json, 0, json.length, type);
  }

  /**
   * The value of a message that is {@code length} bytes from {@code offset} on.
   *
   * @throws JsonException for whatever is wrong with it
   * @throws IndexOutOfBoundsException if there is no such slice
   */
  @SuppressWarnings("unchecked") // the reader was made for this type
  public <T> T fromBytes(byte[] json, int offset, int length, Class<T> type) {
    return (T) read(json, offset, length, readClasses.get(type), type);
  }

  /**
   * The value of a message, by a generic type: {@code new TypeReference<List<Order>>() {}}.
   *
   * @throws JsonException for whatever is wrong with it
   */
  public <T> T fromBytes(byte[] json, TypeReference<T> type) {
    return fromBytes(json, 0, json.length, type);
  }

  /**
   * The value of a message that is {@code length} bytes from {@code offset} on, by a generic type.
   *
   * @throws JsonException for whatever is wrong with it
   * @throws IndexOutOfBoundsException if there is no such slice
   */
  @SuppressWarnings("unchecked") // the reader was made for this type
  public <T> T fromBytes(byte[] json, int offset, int length, TypeReference<T> type) {
    return (T) read(json, offset, length, readTypes.get(type.getType()), type.getType());
  }

  private Object read(byte[] json, int offset, int length, ObjectReader as, Type type) {
    Objects.checkFromIndexSize(offset, length, json.length);
    if (length > limits.maxBytes()) {
      String rule = "the message is larger than " + limits.maxBytes() + " bytes";
      throw new JsonException(Reason.LIMIT, rule, Place.UNKNOWN, null);
    }
    JsonReader reader = readers.take();
    Object value;
    try {
      reader.start(json, offset, offset + length);
      value = as.readValue(reader);
      reader.finish();
    } catch (IOException | RuntimeException e) {
      throw failures.reading(e, json, offset, type.getTypeName()); // the reader is dropped
    }
    reader.clear();
    readers.putBack(reader);
    if (value == null) {
      throw failures.nothing(json, offset, type.getTypeName());
    }
    return value;
  }

  /**
   * The names of members, and what {@link Builder#internValuesOf} added. What it keeps are the
   * strings of {@link String#intern}, as are those that Jackson compares names with.
   */
  public NameTable names() {
    return names;
  }

  /** What a {@link Json} is made with. */
  public static final class Builder {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private ObjectMapper mapper = new JsonMapper();
    private Limits limits = Limits.DEFAULT;
    private int names = 1_024;
    private Set<String> internedMembers = Set.of();
    private boolean keepCauses;

    private Builder() {}

    /**
     * How types are mapped: modules, annotations, naming, inclusion, features; a new {@code
     * JsonMapper} if not given. It is copied, so what is done to it later changes nothing. Limits
     * that its factory has are not taken.
     *
     * @throws IllegalArgumentException if it asks for what is not offered here: a factory of
     *     another format, indented output, escapes of its own, or leniency in reading
     */
    public Builder mapper(ObjectMapper value) {
      MapperCheck.check(value);
      mapper = value;
      return this;
    }

    /** How large a message may be, read or written, in bytes; 16 MiB if not given. */
    public Builder maxBytes(int bytes) {
      limits = limits.withMaxBytes(check("maxBytes", bytes, 1, MAX_BYTES));
      return this;
    }

    /** How many objects and arrays may be open at once, read or written; 500 if not given. */
    public Builder maxDepth(int depth) {
      limits = limits.withMaxDepth(check("maxDepth", depth, 1, 10_000));
      return this;
    }

    /** How long a string that is read may be, in bytes as it is written; 16 MiB if not given. */
    public Builder maxStringLength(int bytes) {
      limits = limits.withMaxStringLength(check("maxStringLength", bytes, 1, MAX_BYTES));
      return this;
    }

    /** How long a number that is read may be, in bytes; 1,000 if not given. */
    public Builder maxNumberLength(int bytes) {
      limits = limits.withMaxNumberLength(check("maxNumberLength", bytes, 1, MAX_BYTES));
      return this;
    }

    /** How long the name of a member that is read may be, in bytes; 1,000 if not given. */
    public Builder maxNameLength(int bytes) {
      limits = limits.withMaxNameLength(check("maxNameLength", bytes, 1, MAX_BYTES));
      return this;
    }

    /**
     * How many names of members are kept, to be found instead of made: 2 to 1,048,576, 1,024 if not
     * given. Names longer than 64 bytes are never kept.
     */
    public Builder names(int capacity) {
      names = check("names", capacity, 2, 1 << 20);
      return this;
    }

    /**
     * Keeps the texts of these members among the names too: for members with few different values,
     * such as {@code method} or {@code currency}. None if not given.
     */
    public Builder internValuesOf(String... members) {
      internedMembers = Set.of(members);
      return this;
    }

    /**
     * Has each {@link JsonException} carry Jackson's exception, which quotes the message: for
     * finding faults, not for a log that others read.
     */
    public Builder keepCauses() {
      keepCauses = true;
      return this;
    }

    private static int check(String name, int value, int min, int max) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            name + " must be from " + min + " to " + max + ", was " + value);
      }
      return value;
    }

    /** Makes it. */
    public Json build() {
      return new Json(this);
    }
  }
}
