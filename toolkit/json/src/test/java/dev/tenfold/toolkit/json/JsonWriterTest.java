package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a serializer may call writes what it writes with Jackson's own generator. */
class JsonWriterTest {

  @FunctionalInterface
  private interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  private static final JsonMapper MAPPER = new JsonMapper();

  private static JsonWriter writer() {
    return new JsonWriter(
        new WriterSettings(
            Limits.DEFAULT, new JsonFactory().getGeneratorFeatures(), new JsonMapper()));
  }

  private static void agree(Writing writing) throws IOException {
    JsonWriter ours = writer();
    writing.to(ours);
    ours.finish();
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    try (JsonGenerator out = MAPPER.createGenerator(theirs)) {
      writing.to(out);
    }
    assertThat(new String(ours.out().toBytes(), UTF_8)).isEqualTo(theirs.toString(UTF_8));
  }

  private static void array(JsonGenerator out, Writing elements) throws IOException {
    out.writeStartArray();
    elements.to(out);
    out.writeEndArray();
  }

  @Test
  void textsByWhateverMethod() throws IOException {
    String text = "aé中\"\\\n\u0000\u001f\u007f/";
    byte[] utf8 = ("xx" + text).getBytes(UTF_8);
    agree(
        out ->
            array(
                out,
                all -> {
                  all.writeString(text);
                  all.writeString(text.repeat(40));
                  all.writeString((String) null);
                  all.writeString(("xx" + text).toCharArray(), 2, text.length());
                  all.writeString(new SerializedString(text));
                  all.writeUTF8String(utf8, 2, utf8.length - 2);
                  all.writeRawUTF8String("x\\né".getBytes(UTF_8), 1, 4);
                }));
  }

  @Test
  void numbersByWhateverMethod() throws IOException {
    agree(
        out ->
            array(
                out,
                all -> {
                  for (int i : new int[] {0, -1, 7, 12_345, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                    all.writeNumber(i);
                    all.writeNumber((short) i);
                  }
                  for (long l : new long[] {0, -1, 1L << 40, Long.MIN_VALUE, Long.MAX_VALUE}) {
                    all.writeNumber(l);
                  }
                  for (double d : new double[] {0, -0.0, 1.5, 1e300, Double.NaN, -1 / 0.0, 1e-7}) {
                    all.writeNumber(d);
                    all.writeNumber((float) d);
                  }
                  all.writeNumber(new BigInteger("123456789012345678901234567890"));
                  all.writeNumber(new BigDecimal("1.10E+30"));
                  all.writeNumber((BigInteger) null);
                  all.writeNumber((BigDecimal) null);
                  all.writeNumber("12.50");
                }));
  }

  @Test
  void objectsAndWhatIsInThem() throws IOException {
    agree(
        out -> {
          out.writeStartObject("a value", 3);
          out.writeFieldName("a\"é");
          out.writeStartArray("a value", 2);
          out.writeBoolean(true);
          out.writeBoolean(false);
          out.writeEndArray();
          out.writeFieldName(new SerializedString("b\"é"));
          out.writeNull();
          out.writeObjectFieldStart("c");
          out.writeEndObject();
          out.writeArrayFieldStart("d");
          out.writeStartArray("x");
          out.writeEndArray();
          out.writeEndArray();
          out.writePOJOField("e", List.of(1, "x"));
          out.writeFieldName("f");
          out.writeTree(MAPPER.readTree("{\"x\":[1]}"));
          out.writeEndObject();
        });
  }

  @Test
  void bytesAndWhatIsRaw() throws IOException {
    byte[] bytes = "hello, world".getBytes(UTF_8);
    agree(
        out ->
            array(
                out,
                all -> {
                  all.writeBinary(bytes);
                  all.writeBinary(Base64Variants.MODIFIED_FOR_URL, bytes, 1, 7);
                  all.writeRawValue("[ \"é中\" ]");
                  all.writeRawValue("x{\"a\":1}x", 1, 7);
                  all.writeRawValue("x7x".toCharArray(), 1, 1);
                  all.writeRawValue(new SerializedString("{ }"));
                  all.writeRaw(", 1");
                  all.writeRaw(',');
                  all.writeRaw("x2x", 1, 1);
                  all.writeRaw("x0x".toCharArray(), 1, 1);
                }));
  }

  @Test
  void charactersBeyondTheFirstPlaneAreUtf8() throws IOException {
    JsonWriter writer = writer();
    writer.writeString("a😀\ud83d");

    assertThat(new String(writer.out().toBytes(), UTF_8)).isEqualTo("\"a😀\\uD83D\"");
  }

  @Test
  void whatWouldNotBeJsonIsRefused() {
    isRefused(out -> out.writeEndObject());
    isRefused(out -> out.writeFieldName("a"));
    isRefused(
        out -> {
          out.writeStartObject();
          out.writeNull();
        });
    isRefused(
        out -> {
          out.writeStartObject();
          out.writeFieldName("a");
          out.writeFieldName("b");
        });
    isRefused(
        out -> {
          out.writeStartArray();
          out.writeEndObject();
        });
    isRefused(
        out -> {
          out.writeNull();
          out.writeNull();
        });
    isRefused(JsonGenerator::writeStartArray);
    isRefused(JsonGenerator::flush);
  }

  private static void isRefused(Writing writing) {
    assertThatExceptionOfType(JsonGenerationException.class)
        .isThrownBy(
            () -> {
              JsonWriter writer = writer();
              writing.to(writer);
              writer.finish();
            });
  }

  @Test
  void aWriterThatIsUsedAgainRemembersNothing() throws IOException {
    JsonWriter writer = writer();
    writer.writeStartObject("some value");
    writer.writeEndObject();
    writer.clear();
    writer.writeNumber(1);
    writer.finish();

    assertThat(new String(writer.out().toBytes(), UTF_8)).isEqualTo("1");
    assertThat(writer.currentValue()).isNull();
  }
}
