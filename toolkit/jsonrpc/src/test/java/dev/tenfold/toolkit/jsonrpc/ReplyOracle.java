package dev.tenfold.toolkit.jsonrpc;

import com.fasterxml.jackson.core.JsonToken;
import dev.tenfold.toolkit.jsonrpc.OracleReader.Span;
import dev.tenfold.toolkit.jsonrpc.ReplyScanner.Reply;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what {@link ReplyScanner} has to say, slowly and by other means. */
record ReplyOracle(
    Reply reply, Span id, Span result, Span error, long code, Span message, Span data) {

  private static final Set<String> MEMBERS = Set.of("id", "result", "error");
  private static final Set<String> ERROR_MEMBERS = Set.of("code", "message", "data");

  static ReplyOracle judge(byte[] bytes, int maxDepth) {
    try {
      OracleReader reader = new OracleReader(bytes, maxDepth);
      if (reader.startsWithByteOrderMark()) {
        return stopped(Reply.NOT_JSON);
      }
      JsonToken first = reader.next();
      if (first == null) {
        return stopped(Reply.NOT_JSON);
      }
      if (first != JsonToken.START_OBJECT) {
        reader.value();
        reader.expectEnd();
        return stopped(Reply.NOT_AN_OBJECT);
      }
      Members members = new Members();
      members.read(reader, MEMBERS);
      reader.expectEnd();
      return members.duplicate ? stopped(Reply.DUPLICATE) : members.verdict();
    } catch (IOException e) {
      return stopped(Reply.NOT_JSON);
    }
  }

  private static ReplyOracle stopped(Reply reply) {
    return new ReplyOracle(
        reply, Span.NONE, Span.NONE, Span.NONE, Long.MIN_VALUE, Span.NONE, Span.NONE);
  }

  /** What the scanner says, in the same words. */
  static ReplyOracle scanned(ReplyScanner scanner, byte[] bytes) {
    return new ReplyOracle(
        scanner.scan(bytes, 0, bytes.length),
        new Span(scanner.idFrom(), scanner.idTo()),
        new Span(scanner.resultFrom(), scanner.resultTo()),
        new Span(scanner.errorFrom(), scanner.errorTo()),
        scanner.errorCode(),
        new Span(scanner.errorMessageFrom(), scanner.errorMessageTo()),
        new Span(scanner.errorDataFrom(), scanner.errorDataTo()));
  }

  /** The members that matter, of the answer and of its error. */
  private static final class Members {
    private final Set<String> names = new HashSet<>();
    private final Set<String> nulls = new HashSet<>();
    private final Map<String, Span> spans = new HashMap<>();
    private long code = Long.MIN_VALUE;
    private boolean duplicate;

    void read(OracleReader reader, Set<String> wanted) throws IOException {
      while (reader.next() != JsonToken.END_OBJECT) {
        String name = reader.text();
        JsonToken token = reader.next();
        boolean mine = wanted.contains(name);
        duplicate |= mine && !names.add(name);
        if (mine && name.equals("error") && token == JsonToken.START_OBJECT) {
          int from = reader.tokenStart();
          read(reader, ERROR_MEMBERS);
          spans.put(name, new Span(from, reader.value().to()));
          continue;
        }
        if (token == JsonToken.VALUE_NULL) {
          nulls.add(name);
        }
        String number = token == JsonToken.VALUE_NUMBER_INT ? reader.text() : null;
        Span span = reader.value();
        if (mine) {
          spans.put(name, span);
        }
        if (mine && name.equals("code")) {
          code = integer(number);
        }
      }
    }

    private static long integer(@Nullable String number) {
      if (number == null) {
        return Long.MIN_VALUE;
      }
      BigInteger value = new BigInteger(number);
      return value.bitLength() < Long.SIZE ? value.longValue() : Long.MIN_VALUE;
    }

    private boolean isThere(String name) {
      return names.contains(name) && !nulls.contains(name);
    }

    private Span span(String name) {
      return spans.getOrDefault(name, Span.NONE);
    }

    private ReplyOracle verdict() {
      boolean neither =
          isThere("error") == isThere("result") && (isThere("error") || !names.contains("result"));
      Reply reply = neither ? Reply.NEITHER : isThere("error") ? Reply.ERROR : Reply.RESULT;
      return new ReplyOracle(
          reply, span("id"), span("result"), span("error"), code, span("message"), span("data"));
    }
  }
}
