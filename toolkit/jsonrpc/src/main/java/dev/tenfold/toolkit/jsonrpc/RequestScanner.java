package dev.tenfold.toolkit.jsonrpc;

import java.util.Arrays;
import java.util.Objects;

/**
 * Finds the calls in the body of a JSON-RPC 2.0 request: where the {@code id}, the {@code method}
 * and the {@code params} of each stand. One pass over the bytes checks strict RFC 8259 and strict
 * UTF-8 on the way; no tree is built, and nothing is allocated but the room for a larger batch than
 * was seen before.
 *
 * {@snippet file="dev/tenfold/toolkit/jsonrpc/JsonRpcExampleTest.java" region="request"}
 *
 * <p>Members may come in any order, with any white space, and with escapes in their names ({@code
 * "\u005cu0069d"} is {@code id}). Members that the specification does not name are passed over. A
 * call in which two members have the same name, whatever it is, is invalid; inside {@code params}
 * nothing is compared.
 *
 * <p><b>Which verdict wins.</b> The body is read from its start, and the first thing that stops the
 * reading is the verdict: {@link Body#NOT_JSON} at the first byte that cannot be right, {@link
 * Body#TOO_DEEP} at the bracket that opens one level too many, {@link Body#BATCH_TOO_LARGE} at the
 * comma before the first call too many. What comes behind that is not looked at. Of several
 * problems of one call the first in the order of {@link Problem} is told.
 *
 * <p>All indices are those of the array that was scanned, which must not change as long as the
 * answers are used. A scanner is reused for any number of bodies, by one thread at a time: one for
 * each event loop. It keeps a reference to the last body.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
 */
public final class RequestScanner {

  /** What a body is. */
  public enum Body {
    /** One object: one call, valid or not. */
    SINGLE,
    /** An array of one call or more, each valid or not. */
    BATCH,
    /** An array without elements, which is one invalid request. */
    EMPTY_BATCH,
    /** Valid JSON, but neither an object nor an array. */
    NOT_A_CALL,
    /** Not valid JSON, or not valid UTF-8. */
    NOT_JSON,
    /** More objects and arrays are open at once than {@code maxDepth}. */
    TOO_DEEP,
    /** More elements than {@code maxBatch}. */
    BATCH_TOO_LARGE
  }

  /** Why a call is an invalid request; where there are several reasons, the first in this order. */
  public enum Problem {
    /** It is valid. */
    NONE,
    /** A member of a batch that is not an object. */
    NOT_AN_OBJECT,
    /** Two members have the same name, after escapes are decoded. */
    DUPLICATE_MEMBER,
    /** {@code jsonrpc} is missing, or not the string {@code 2.0}. */
    VERSION,
    /** {@code method} is missing, or not a string. */
    METHOD,
    /** {@code params} is there, but neither an array nor an object. */
    PARAMS,
    /** {@code id} is there, but neither a string nor a number nor null. */
    ID
  }

  private static final byte[] EMPTY = {};

  private static final int ID = 0;
  private static final int METHOD = 2;
  private static final int PARAMS = 4;
  private static final int FLAGS = 6;
  private static final int STRIDE = 7;

  private static final int NOTIFICATION = 1;
  private static final int ESCAPED_METHOD = 1 << 1;

  private final JsonCursor cursor;
  private final int maxBatch;
  private final CallReader reader = new CallReader();

  private byte[] body = EMPTY;
  private int[] calls = new int[STRIDE];
  private Problem[] problems = new Problem[1];
  private int size;
  private int errorAt = -1;

  /**
   * @param maxDepth how many objects and arrays may be open at once, those of the batch and of the
   *     call included; 1 or more
   * @param maxBatch how many elements a batch may have; 1 or more
   */
  public RequestScanner(int maxDepth, int maxBatch) {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("maxBatch is " + maxBatch + ", has to be 1 or more");
    }
    this.cursor = new JsonCursor(maxDepth);
    this.maxBatch = maxBatch;
  }

  /**
   * Scans the bytes from {@code from} to before {@code to}. Takes time in proportion to their
   * number, whatever they are.
   */
  public Body scan(byte[] body, int from, int to) {
    Objects.checkFromToIndex(from, to, body.length);
    this.body = body;
    size = 0;
    errorAt = -1;
    cursor.start(body, from, to);
    Body verdict = read();
    if (verdict != Body.SINGLE && verdict != Body.BATCH) {
      size = 0;
    }
    return verdict;
  }

  private Body read() {
    Body shape =
        switch (cursor.peek()) {
          case '{' -> single();
          case '[' -> batch();
          default -> cursor.value() ? Body.NOT_A_CALL : Body.NOT_JSON;
        };
    if (shape == Body.BATCH_TOO_LARGE) {
      errorAt = cursor.at();
    } else if (cursor.failed() || !cursor.finish()) {
      errorAt = cursor.failedAt();
      return cursor.tooDeep() ? Body.TOO_DEEP : Body.NOT_JSON;
    }
    return shape;
  }

  private Body single() {
    call();
    return Body.SINGLE;
  }

  private Body batch() {
    cursor.enter();
    while (cursor.next()) {
      if (size == maxBatch) {
        return Body.BATCH_TOO_LARGE;
      }
      if (!call()) {
        return Body.NOT_JSON;
      }
    }
    return size == 0 ? Body.EMPTY_BATCH : Body.BATCH;
  }

  private boolean call() {
    if (!reader.read(body, cursor)) {
      return false;
    }
    int at = size * STRIDE;
    if (at == calls.length) {
      calls = Arrays.copyOf(calls, 2 * at);
      problems = Arrays.copyOf(problems, 2 * size);
    }
    Problem problem = reader.problem();
    boolean valid = problem == Problem.NONE;
    calls[at + ID] = reader.idFrom;
    calls[at + ID + 1] = reader.idTo;
    calls[at + METHOD] = valid ? reader.methodFrom : 0;
    calls[at + METHOD + 1] = valid ? reader.methodTo : 0;
    calls[at + PARAMS] = valid ? reader.paramsFrom : 0;
    calls[at + PARAMS + 1] = valid ? reader.paramsTo : 0;
    calls[at + FLAGS] =
        (valid && !reader.hasId() ? NOTIFICATION : 0)
            | (valid && reader.methodEscaped ? ESCAPED_METHOD : 0);
    problems[size++] = problem;
    return true;
  }

  /**
   * How many calls were found: 1 for {@link Body#SINGLE}, one for each element of a {@link
   * Body#BATCH}, else 0.
   */
  public int size() {
    return size;
  }

  /** Why call {@code i} is an invalid request, or {@link Problem#NONE} if it is valid. */
  public Problem problem(int i) {
    return problems[Objects.checkIndex(i, size)];
  }

  /** Whether call {@code i} is valid and has no {@code id}: it must not be answered. */
  public boolean isNotification(int i) {
    return (flags(i) & NOTIFICATION) != 0;
  }

  /**
   * Where the {@code id} of call {@code i} starts, as it was written, with the quotes of a string.
   * The span is empty where there is none. An invalid call has one if it can be told: given once,
   * and a string, a number or null.
   */
  public int idFrom(int i) {
    return calls[index(i) + ID];
  }

  /** Where the {@code id} of call {@code i} ends. */
  public int idTo(int i) {
    return calls[index(i) + ID + 1];
  }

  /**
   * Where the {@code method} of call {@code i} starts, behind its opening quote. The span is empty
   * for an invalid call.
   */
  public int methodFrom(int i) {
    return calls[index(i) + METHOD];
  }

  /** Where the {@code method} of call {@code i} ends, before its closing quote. */
  public int methodTo(int i) {
    return calls[index(i) + METHOD + 1];
  }

  /** Whether the {@code method} of call {@code i} is written with escapes. */
  public boolean methodEscaped(int i) {
    return (flags(i) & ESCAPED_METHOD) != 0;
  }

  /** The {@code method} of call {@code i}, decoded; a new string at each call. */
  public String method(int i) {
    return JsonText.decode(body, methodFrom(i), methodTo(i));
  }

  /**
   * Where the {@code params} of call {@code i} start, as they were written. The span is empty where
   * there are none, and for an invalid call.
   */
  public int paramsFrom(int i) {
    return calls[index(i) + PARAMS];
  }

  /** Where the {@code params} of call {@code i} end. */
  public int paramsTo(int i) {
    return calls[index(i) + PARAMS + 1];
  }

  /**
   * The index at which reading stopped for {@link Body#NOT_JSON}, {@link Body#TOO_DEEP} or {@link
   * Body#BATCH_TOO_LARGE}: the first byte that cannot be right (the end, if the body is cut off),
   * the bracket too many, the place for the call too many. Else -1.
   */
  public int errorAt() {
    return errorAt;
  }

  private int flags(int i) {
    return calls[index(i) + FLAGS];
  }

  private int index(int i) {
    return Objects.checkIndex(i, size) * STRIDE;
  }
}
