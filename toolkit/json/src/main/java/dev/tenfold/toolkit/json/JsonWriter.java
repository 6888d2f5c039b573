package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.json.JsonWriteContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A generator of whole messages into one {@link OutputBuffer}, to be used again for the next. What
 * it writes is what Jackson's own writes with its default settings, except that characters beyond
 * U+FFFF are UTF-8 and not escapes.
 *
 * <p>Each message is followed by {@link #clear}; a generator that has thrown is thrown away.
 */
final class JsonWriter extends GeneratorBase {
  private static final String NUMBER = "write a number";
  private static final String STRING = "write a string";

  private final OutputBuffer out;
  private final int maxDepth;
  private final JsonWriteContext root;

  JsonWriter(WriterSettings settings) {
    super(settings.features(), settings.codec(), (IOContext) null);
    this.out = new OutputBuffer(settings.limits().maxBytes());
    this.maxDepth = settings.limits().maxDepth();
    this.root = _writeContext;
  }

  OutputBuffer out() {
    return out;
  }

  /** Sees to it that one value was written, and all of it. */
  void finish() throws IOException {
    if (!_writeContext.inRoot() || root.getEntryCount() != 1) {
      throw wrong("a message is one value, and all of it");
    }
  }

  /** Lets go of the message. */
  void clear() {
    root.reset(JsonWriteContext.TYPE_ROOT);
    out.clear();
  }

  @Override
  protected void _verifyValueWrite(String what) throws IOException {
    switch (_writeContext.writeValue()) {
      case JsonWriteContext.STATUS_OK_AFTER_COMMA -> out.put(',');
      case JsonWriteContext.STATUS_OK_AFTER_COLON -> out.put(':');
      case JsonWriteContext.STATUS_OK_AFTER_SPACE -> throw wrong("a message is one value");
      case JsonWriteContext.STATUS_EXPECT_NAME -> throw wrong("cannot " + what + " before a name");
      default -> {}
    }
  }

  private IOException wrong(String rule) {
    return new JsonGenerationException(rule, this);
  }

  private void open(JsonWriteContext context, char bracket) throws IOException {
    if (context.getNestingDepth() > maxDepth) {
      throw new OutputTooLarge("more than " + maxDepth + " objects and arrays are open");
    }
    _writeContext = context;
    out.put(bracket);
  }

  private void close(boolean right, char bracket) throws IOException {
    if (!right) {
      throw wrong("'" + bracket + "' closes nothing");
    }
    _writeContext = _writeContext.clearAndGetParent();
    out.put(bracket);
  }

  @Override
  public void writeStartArray() throws IOException {
    writeStartArray(null);
  }

  @Override
  public void writeStartArray(@Nullable Object value) throws IOException {
    _verifyValueWrite("start an array");
    open(_writeContext.createChildArrayContext(value), '[');
  }

  @Override
  public void writeStartArray(@Nullable Object value, int size) throws IOException {
    writeStartArray(value);
  }

  @Override
  public void writeEndArray() throws IOException {
    close(_writeContext.inArray(), ']');
  }

  @Override
  public void writeStartObject() throws IOException {
    writeStartObject(null);
  }

  @Override
  public void writeStartObject(@Nullable Object value) throws IOException {
    _verifyValueWrite("start an object");
    open(_writeContext.createChildObjectContext(value), '{');
  }

  @Override
  public void writeStartObject(@Nullable Object value, int size) throws IOException {
    writeStartObject(value);
  }

  @Override
  public void writeEndObject() throws IOException {
    close(_writeContext.inObject(), '}');
  }

  private void name(String name) throws IOException {
    switch (_writeContext.writeFieldName(name)) {
      case JsonWriteContext.STATUS_EXPECT_VALUE -> throw wrong("a name is not expected here");
      case JsonWriteContext.STATUS_OK_AFTER_COMMA -> out.put(',');
      default -> {}
    }
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    name(name);
    out.string(name);
  }

  @Override
  public void writeFieldName(SerializableString name) throws IOException {
    name(name.getValue());
    out.quoted(name.asQuotedUTF8());
  }

  @Override
  public void writeString(@Nullable String text) throws IOException {
    if (text == null) {
      writeNull();
      return;
    }
    _verifyValueWrite(STRING);
    out.string(text);
  }

  @Override
  public void writeString(char[] text, int offset, int length) throws IOException {
    writeString(new String(text, offset, length));
  }

  @Override
  public void writeString(SerializableString text) throws IOException {
    _verifyValueWrite(STRING);
    out.quoted(text.asQuotedUTF8());
  }

  @Override
  public void writeRawUTF8String(byte[] text, int offset, int length) throws IOException {
    _verifyValueWrite(STRING);
    out.put('"');
    out.put(text, offset, length);
    out.put('"');
  }

  @Override
  public void writeUTF8String(byte[] text, int offset, int length) throws IOException {
    _verifyValueWrite(STRING);
    out.utf8String(text, offset, length);
  }

  @Override
  public void writeRaw(String text) throws IOException {
    out.characters(text, 0, text.length(), false);
  }

  @Override
  public void writeRaw(String text, int offset, int length) throws IOException {
    out.characters(text, offset, offset + length, false);
  }

  @Override
  public void writeRaw(char[] text, int offset, int length) throws IOException {
    out.characters(CharBuffer.wrap(text), offset, offset + length, false);
  }

  @Override
  public void writeRaw(char c) throws IOException {
    out.characters(String.valueOf(c), 0, 1, false);
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] data, int offset, int length)
      throws IOException {
    _verifyValueWrite("write bytes");
    out.ascii(variant.encode(Arrays.copyOfRange(data, offset, offset + length), true));
  }

  @Override
  public void writeNumber(int value) throws IOException {
    if (_cfgNumbersAsStrings) {
      writeString(Integer.toString(value));
      return;
    }
    _verifyValueWrite(NUMBER);
    out.number(value);
  }

  @Override
  public void writeNumber(long value) throws IOException {
    if (_cfgNumbersAsStrings) {
      writeString(Long.toString(value));
      return;
    }
    _verifyValueWrite(NUMBER);
    out.number(value);
  }

  @Override
  public void writeNumber(@Nullable BigInteger value) throws IOException {
    number(value == null ? null : value.toString(), true);
  }

  @Override
  public void writeNumber(double value) throws IOException {
    boolean fast = isEnabled(StreamWriteFeature.USE_FAST_DOUBLE_WRITER);
    number(NumberOutput.toString(value, fast), Double.isFinite(value));
  }

  @Override
  public void writeNumber(float value) throws IOException {
    boolean fast = isEnabled(StreamWriteFeature.USE_FAST_DOUBLE_WRITER);
    number(NumberOutput.toString(value, fast), Float.isFinite(value));
  }

  @Override
  public void writeNumber(@Nullable BigDecimal value) throws IOException {
    number(value == null ? null : _asString(value), true);
  }

  @Override
  public void writeNumber(String encoded) throws IOException {
    number(encoded, true);
  }

  private void number(@Nullable String text, boolean finite) throws IOException {
    if (text == null) {
      writeNull();
    } else if (_cfgNumbersAsStrings || !finite) {
      writeString(text); // JSON has no number for what is not finite
    } else {
      _verifyValueWrite(NUMBER);
      out.ascii(text);
    }
  }

  @Override
  public void writeBoolean(boolean state) throws IOException {
    _verifyValueWrite("write a boolean");
    out.ascii(state ? "true" : "false");
  }

  @Override
  public void writeNull() throws IOException {
    _verifyValueWrite("write null");
    out.ascii("null");
  }

  @Override
  public void flush() {}

  /** Does nothing: it is used again. */
  @Override
  public void close() {}

  @Override
  protected void _releaseBuffers() {}
}
