package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.base.ParserMinimalBase;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.json.DupDetector;
import com.fasterxml.jackson.core.json.JsonReadContext;
import com.fasterxml.jackson.core.json.PackageVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parser of messages that are there as a whole, to be used again for the next. Strings and
 * numbers are checked when they are passed, and made when they are asked for, straight from the
 * bytes.
 *
 * <p>Each {@link #start} is followed by {@link #clear}; a parser that has thrown is thrown away.
 */
@SuppressWarnings("deprecation") // the old names of some methods are still abstract
final class JsonReader extends ParserMinimalBase {
  private static final ContentReference SOURCE = ContentReference.redacted();

  private final Limits limits;
  private final NameTable names;
  private final Set<String> internedMembers;
  private final JsonLexer lexer;
  private final MemberNames members;
  private final JsonNumber number;
  private final JsonReadContext root;

  private ObjectCodec codec;
  private JsonReadContext context;
  private int tokenAt;
  private boolean begun;
  private boolean named;
  private @Nullable String text;

  JsonReader(ReaderSettings settings) {
    super(settings.features(), settings.constraints());
    this.limits = settings.limits();
    this.names = settings.names();
    this.internedMembers = settings.internedMembers();
    this.codec = settings.codec();
    this.lexer = new JsonLexer(limits);
    this.members = new MemberNames(limits, names, lexer);
    this.number = new JsonNumber(this, lexer);
    boolean distinct = isEnabled(Feature.STRICT_DUPLICATE_DETECTION);
    this.root = JsonReadContext.createRootContext(distinct ? DupDetector.rootDetector(this) : null);
    this.context = root;
  }

  /** Stands before the message in these bytes. */
  void start(byte[] json, int from, int to) {
    lexer.start(json, from, to);
    members.start();
    root.reset(JsonStreamContext.TYPE_ROOT, 0, 0);
    context = root;
    _currToken = null;
    begun = false;
    named = false;
    text = null;
  }

  /** Lets go of everything that belongs to the message. */
  void clear() {
    lexer.clear();
    number.clear();
    _currToken = null;
    _lastClearedToken = null;
    text = null;
  }

  /** The index at which the token starts. */
  int tokenAt() {
    return tokenAt;
  }

  /** Sees to it that nothing but white space follows. */
  void finish() throws BadInput {
    if (lexer.peek() >= 0) {
      throw lexer.malformed("something follows the value");
    }
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    JsonToken token = advance();
    _currToken = token;
    return token;
  }

  private @Nullable JsonToken advance() throws IOException {
    text = null;
    number.clear();
    int first = lexer.peek();
    tokenAt = lexer.at();
    if (named) {
      named = false;
      return value(first);
    }
    if (first == '}' || first == ']') {
      return close(first);
    }
    if (context.inRoot()) {
      return begin(first);
    }
    if (context.expectComma()) {
      if (first != ',') {
        throw lexer.malformed("a comma is missing");
      }
      lexer.pass(1);
      first = lexer.peek();
      tokenAt = lexer.at();
    }
    return context.inObject() ? name(first) : value(first);
  }

  private @Nullable JsonToken begin(int first) throws IOException {
    if (begun) {
      finish();
      return null;
    }
    begun = true;
    return value(first);
  }

  private JsonToken close(int bracket) throws IOException {
    boolean object = context.inObject();
    if (context.inRoot() || bracket != (object ? '}' : ']')) {
      throw lexer.malformed("a bracket closes nothing");
    }
    lexer.pass(1);
    context = context.clearAndGetParent();
    return object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
  }

  private JsonToken name(int first) throws IOException {
    if (first != '"') {
      throw lexer.malformed("a name is missing");
    }
    setName(members.read());
    if (lexer.peek() != ':') {
      throw lexer.malformed("a colon is missing");
    }
    lexer.pass(1);
    named = true;
    return JsonToken.FIELD_NAME;
  }

  private void setName(String name) throws IOException {
    try {
      context.setCurrentName(name);
    } catch (JsonParseException e) { // only where duplicates are looked for
      throw BadInput.malformed("a name stands twice", tokenAt);
    }
  }

  private JsonToken value(int first) throws IOException {
    return switch (first) {
      case '"' -> {
        lexer.string();
        yield JsonToken.VALUE_STRING;
      }
      case '{' -> open(context.createChildObjectContext(0, 0), JsonToken.START_OBJECT);
      case '[' -> open(context.createChildArrayContext(0, 0), JsonToken.START_ARRAY);
      case 't' -> literal("true", JsonToken.VALUE_TRUE);
      case 'f' -> literal("false", JsonToken.VALUE_FALSE);
      case 'n' -> literal("null", JsonToken.VALUE_NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        lexer.number();
        yield lexer.integer() ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
      }
      default -> throw lexer.malformed("a value is missing");
    };
  }

  private JsonToken literal(String word, JsonToken token) throws BadInput {
    lexer.literal(word);
    return token;
  }

  private JsonToken open(JsonReadContext inside, JsonToken bracket) throws BadInput {
    limits.checkDepth(inside.getNestingDepth(), tokenAt);
    context = inside;
    lexer.pass(1);
    return bracket;
  }

  @Override
  protected void _handleEOF() throws BadInput {
    throw lexer.malformed("a value is missing");
  }

  @Override
  public @Nullable String getText() {
    if (_currToken == JsonToken.VALUE_STRING) {
      if (text == null) {
        text = string();
      }
      return text;
    }
    if (_currToken == JsonToken.FIELD_NAME) {
      return context.getCurrentName();
    }
    if (_currToken == null) {
      return null;
    }
    return _currToken.isNumeric() ? lexer.numberText() : _currToken.asString();
  }

  private String string() {
    boolean interned =
        !internedMembers.isEmpty()
            && !lexer.escaped()
            && context.inObject()
            && internedMembers.contains(context.getCurrentName());
    return interned ? names.get(lexer.json(), lexer.from(), lexer.to()) : lexer.text();
  }

  @Override
  public char[] getTextCharacters() {
    String all = getText();
    return all == null ? new char[0] : all.toCharArray();
  }

  @Override
  public boolean hasTextCharacters() {
    return false;
  }

  @Override
  public int getTextLength() {
    String all = getText();
    return all == null ? 0 : all.length();
  }

  @Override
  public int getTextOffset() {
    return 0;
  }

  @Override
  public byte[] getBinaryValue(Base64Variant variant) throws IOException {
    String base64 = getText();
    if (_currToken != JsonToken.VALUE_STRING || base64 == null) {
      throw new BadInput(JsonException.Reason.MISMATCH, "bytes are a string", tokenAt);
    }
    try {
      return variant.decode(base64);
    } catch (IllegalArgumentException e) {
      throw new BadInput(JsonException.Reason.MISMATCH, "a string is not Base64", tokenAt);
    }
  }

  @Override
  public int readBinaryValue(Base64Variant variant, OutputStream out) throws IOException {
    byte[] bytes = getBinaryValue(variant);
    out.write(bytes);
    return bytes.length;
  }

  @Override
  public Number getNumberValue() throws IOException {
    return number.value();
  }

  @Override
  public Number getNumberValueExact() throws IOException {
    return _currToken == JsonToken.VALUE_NUMBER_FLOAT ? number.decimalValue() : number.value();
  }

  /** A fraction stays text, so that a copy of this token loses nothing. */
  @Override
  public Object getNumberValueDeferred() throws IOException {
    return _currToken == JsonToken.VALUE_NUMBER_FLOAT ? lexer.numberText() : number.value();
  }

  @Override
  public @Nullable NumberType getNumberType() throws IOException {
    return number.type();
  }

  @Override
  public int getIntValue() throws IOException {
    return number.intValue();
  }

  @Override
  public long getLongValue() throws IOException {
    return number.longValue();
  }

  @Override
  public BigInteger getBigIntegerValue() throws IOException {
    return number.bigIntegerValue();
  }

  @Override
  public float getFloatValue() throws IOException {
    return number.floatValue();
  }

  @Override
  public double getDoubleValue() throws IOException {
    return number.doubleValue();
  }

  @Override
  public BigDecimal getDecimalValue() throws IOException {
    return number.decimalValue();
  }

  @Override
  public @Nullable String currentName() {
    return contextOfName().getCurrentName();
  }

  @Override
  public @Nullable String getCurrentName() {
    return currentName();
  }

  @Override
  public void overrideCurrentName(String name) {
    try {
      contextOfName().setCurrentName(name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** At an opening bracket the name is that of the object or array, not of what is in it. */
  private JsonReadContext contextOfName() {
    boolean opened = _currToken == JsonToken.START_OBJECT || _currToken == JsonToken.START_ARRAY;
    return opened ? context.getParent() : context;
  }

  @Override
  public JsonReadContext getParsingContext() {
    return context;
  }

  @Override
  public JsonLocation currentTokenLocation() {
    return new JsonLocation(SOURCE, tokenAt, -1, -1, -1);
  }

  /** Where the token starts too: that is the place which is named when something is wrong. */
  @Override
  public JsonLocation currentLocation() {
    return currentTokenLocation();
  }

  @Override
  public JsonLocation getTokenLocation() {
    return currentTokenLocation();
  }

  @Override
  public JsonLocation getCurrentLocation() {
    return currentLocation();
  }

  @Override
  public ObjectCodec getCodec() {
    return codec;
  }

  @Override
  public void setCodec(ObjectCodec value) {
    codec = value;
  }

  @Override
  public Version version() {
    return PackageVersion.VERSION;
  }

  /** Does nothing: it is used again. */
  @Override
  public void close() {}

  @Override
  public boolean isClosed() {
    return false;
  }
}
