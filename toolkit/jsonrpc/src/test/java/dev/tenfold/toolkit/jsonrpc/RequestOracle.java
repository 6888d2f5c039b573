package dev.tenfold.toolkit.jsonrpc;

import com.fasterxml.jackson.core.JsonToken;
import dev.tenfold.toolkit.jsonrpc.OracleReader.Span;
import dev.tenfold.toolkit.jsonrpc.OracleReader.TooDeepException;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Body;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what {@link RequestScanner} has to say, slowly and by other means. */
record RequestOracle(Body body, List<Call> calls) {

  /** One call, as a scanner tells it. */
  record Call(
      Problem problem, boolean notification, Span id, @Nullable String method, Span params) {}

  /** More elements than there may be. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static RequestOracle judge(byte[] bytes, int maxDepth, int maxBatch) {
    try {
      OracleReader reader = new OracleReader(bytes, maxDepth);
      if (reader.startsWithByteOrderMark()) {
        return stopped(Body.NOT_JSON);
      }
      RequestOracle verdict = read(reader, maxBatch);
      reader.expectEnd();
      return verdict;
    } catch (TooDeepException e) {
      return stopped(Body.TOO_DEEP);
    } catch (TooLargeException e) {
      return stopped(Body.BATCH_TOO_LARGE);
    } catch (IOException e) {
      return stopped(Body.NOT_JSON);
    }
  }

  private static RequestOracle stopped(Body body) {
    return new RequestOracle(body, List.of());
  }

  private static RequestOracle read(OracleReader reader, int maxBatch) throws IOException {
    JsonToken first = reader.next();
    if (first == null) {
      throw new IOException("empty");
    }
    if (first == JsonToken.START_OBJECT) {
      return new RequestOracle(Body.SINGLE, List.of(call(reader)));
    }
    if (first != JsonToken.START_ARRAY) {
      reader.value();
      return stopped(Body.NOT_A_CALL);
    }
    List<Call> calls = new ArrayList<>();
    for (JsonToken token = reader.next(); token != JsonToken.END_ARRAY; token = reader.next()) {
      if (token == null) {
        throw new IOException("cut off");
      }
      if (token == JsonToken.START_OBJECT) {
        calls.add(call(reader));
      } else {
        reader.value();
        calls.add(new Call(Problem.NOT_AN_OBJECT, false, Span.NONE, null, Span.NONE));
      }
      if (calls.size() == maxBatch && reader.commaFollows()) {
        throw new TooLargeException();
      }
    }
    return new RequestOracle(calls.isEmpty() ? Body.EMPTY_BATCH : Body.BATCH, calls);
  }

  private static Call call(OracleReader reader) throws IOException {
    Set<String> names = new HashSet<>();
    Set<String> twice = new HashSet<>();
    Set<String> wrong = new HashSet<>(Set.of("jsonrpc", "method"));
    Span id = Span.NONE;
    Span params = Span.NONE;
    String method = null;
    while (reader.next() != JsonToken.END_OBJECT) {
      String name = reader.text();
      if (!names.add(name)) {
        twice.add(name);
      }
      JsonToken token = reader.next();
      boolean string = token == JsonToken.VALUE_STRING;
      String text = string ? reader.text() : null;
      Span span = reader.value();
      boolean right =
          switch (name) {
            case "jsonrpc" -> "2.0".equals(text);
            case "method" -> string;
            case "params" -> token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT;
            case "id" ->
                string || token == JsonToken.VALUE_NULL || (token != null && token.isNumeric());
            default -> true;
          };
      if (right) {
        wrong.remove(name);
      } else {
        wrong.add(name);
      }
      switch (name) {
        case "id" -> id = span;
        case "method" -> method = text;
        case "params" -> params = span;
        default -> {}
      }
    }
    Problem problem = problem(twice, wrong);
    boolean valid = problem == Problem.NONE;
    boolean readable = !twice.contains("id") && !wrong.contains("id");
    return new Call(
        problem,
        valid && !names.contains("id"),
        readable ? id : Span.NONE,
        valid ? method : null,
        valid ? params : Span.NONE);
  }

  private static Problem problem(Set<String> twice, Set<String> wrong) {
    if (!twice.isEmpty()) {
      return Problem.DUPLICATE_MEMBER;
    }
    if (wrong.contains("jsonrpc")) {
      return Problem.VERSION;
    }
    if (wrong.contains("method")) {
      return Problem.METHOD;
    }
    if (wrong.contains("params")) {
      return Problem.PARAMS;
    }
    return wrong.contains("id") ? Problem.ID : Problem.NONE;
  }

  /** What the scanner says, in the same words. */
  static RequestOracle scanned(RequestScanner scanner, byte[] bytes) {
    Body body = scanner.scan(bytes, 0, bytes.length);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < scanner.size(); i++) {
      boolean valid = scanner.problem(i) == Problem.NONE;
      calls.add(
          new Call(
              scanner.problem(i),
              scanner.isNotification(i),
              new Span(scanner.idFrom(i), scanner.idTo(i)),
              valid ? scanner.method(i) : null,
              new Span(scanner.paramsFrom(i), scanner.paramsTo(i))));
    }
    return new RequestOracle(body, calls);
  }
}
