package dev.tenfold.toolkit.jsonrpc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a node's answer: where {@code id}, {@code result} and {@code error} stand. One
 * pass over the bytes checks strict RFC 8259 and strict UTF-8 on the way; no tree is built, and
 * nothing is allocated.
 *
 * {@snippet file="dev/tenfold/toolkit/jsonrpc/JsonRpcExampleTest.java" region="reply"}
 *
 * <p>What is valid JSON is read generously: any order and white space, escaped names, members that
 * the specification does not name, no {@code jsonrpc} or a wrong one, {@code "error":null} beside a
 * result, {@code "result":null} beside an error.
 *
 * <p>All indices are those of the array that was scanned. A scanner is reused for any number of
 * answers, by one thread at a time.
 */
public final class ReplyScanner {

  /** What an answer says. */
  public enum Reply {
    /** There is a {@code result} (null is one), and {@code error} is null or missing. */
    RESULT,
    /**
     * There is an {@code error} that is not null, and {@code result} is null or missing. It need
     * not be an object; one that is not has no code, message or data.
     */
    ERROR,
    /** Neither: no {@code result} and no {@code error}, or both of them and neither null. */
    NEITHER,
    /** Not valid JSON, not valid UTF-8, or deeper than {@code maxDepth}. */
    NOT_JSON,
    /** Valid JSON, but not an object. */
    NOT_AN_OBJECT,
    /**
     * {@code id}, {@code result} or {@code error} is there twice, or the {@code code}, {@code
     * message} or {@code data} of the error: two readers could understand it differently.
     */
    DUPLICATE
  }

  private final JsonCursor cursor;
  private final Span id = new Span();
  private final Span result = new Span();
  private final Span error = new Span();
  private final Span code = new Span();
  private final Span message = new Span();
  private final Span data = new Span();

  private byte[] reply = {};
  private boolean duplicate;

  /**
   * @param maxDepth how many objects and arrays may be open at once, that of the answer included; 1
   *     or more
   */
  public ReplyScanner(int maxDepth) {
    this.cursor = new JsonCursor(maxDepth);
  }

  /**
   * Scans the bytes from {@code from} to before {@code to}. Takes time in proportion to their
   * number. The spans are to be used after {@link Reply#RESULT}, {@link Reply#ERROR} and {@link
   * Reply#NEITHER} only; after anything else all of them are empty.
   */
  public Reply scan(byte[] reply, int from, int to) {
    Objects.checkFromToIndex(from, to, reply.length);
    this.reply = reply;
    clear();
    cursor.start(reply, from, to);
    Reply verdict = read();
    if (verdict.compareTo(Reply.NEITHER) > 0) {
      clear();
    }
    return verdict;
  }

  private void clear() {
    duplicate = false;
    id.clear();
    result.clear();
    error.clear();
    code.clear();
    message.clear();
    data.clear();
  }

  private Reply read() {
    boolean object = cursor.peek() == '{';
    boolean read = object ? members() : cursor.value();
    if (!read || !cursor.finish()) {
      return Reply.NOT_JSON;
    }
    if (!object) {
      return Reply.NOT_AN_OBJECT;
    }
    return duplicate ? Reply.DUPLICATE : verdict();
  }

  private Reply verdict() {
    boolean isError = error.isPresent() && !error.isNull(reply);
    if (isError) {
      return result.isPresent() && !result.isNull(reply) ? Reply.NEITHER : Reply.ERROR;
    }
    return result.isPresent() ? Reply.RESULT : Reply.NEITHER;
  }

  private boolean members() {
    if (!cursor.enter()) {
      return false;
    }
    while (cursor.next()) {
      if (cursor.nameIs("error") && cursor.peek() == '{') {
        duplicate |= error.isPresent();
        error.from = cursor.at();
        if (!errorMembers()) {
          return false;
        }
        error.to = cursor.at();
      } else if (!take(member())) {
        return false;
      }
    }
    return !cursor.failed();
  }

  private boolean errorMembers() {
    if (!cursor.enter()) {
      return false;
    }
    while (cursor.next()) {
      if (!take(errorMember())) {
        return false;
      }
    }
    return !cursor.failed();
  }

  private boolean take(@Nullable Span span) {
    int from = cursor.at();
    if (!cursor.value()) {
      return false;
    }
    if (span != null) {
      duplicate |= span.isPresent();
      span.from = from;
      span.to = cursor.at();
    }
    return true;
  }

  private @Nullable Span member() {
    if (cursor.nameIs("result")) {
      return result;
    }
    if (cursor.nameIs("id")) {
      return id;
    }
    return cursor.nameIs("error") ? error : null;
  }

  private @Nullable Span errorMember() {
    if (cursor.nameIs("code")) {
      return code;
    }
    if (cursor.nameIs("message")) {
      return message;
    }
    return cursor.nameIs("data") ? data : null;
  }

  /** Where the {@code id} starts, as it was written; the span is empty where there is none. */
  public int idFrom() {
    return id.from;
  }

  /** Where the {@code id} ends. */
  public int idTo() {
    return id.to;
  }

  /** Where the {@code result} starts; the span is empty where there is none. */
  public int resultFrom() {
    return result.from;
  }

  /** Where the {@code result} ends. */
  public int resultTo() {
    return result.to;
  }

  /** Where the {@code error} starts; the span is empty where there is none. */
  public int errorFrom() {
    return error.from;
  }

  /** Where the {@code error} ends. */
  public int errorTo() {
    return error.to;
  }

  /**
   * The error's {@code code}, or {@link Long#MIN_VALUE} where it is missing or not written as an
   * integer of 64 bits (a string, a fraction, an exponent).
   */
  public long errorCode() {
    return JsonSpans.integer(reply, code.from, code.to);
  }

  /** Where the value of the error's {@code message} starts, whatever it is; empty if missing. */
  public int errorMessageFrom() {
    return message.from;
  }

  /** Where the value of the error's {@code message} ends. */
  public int errorMessageTo() {
    return message.to;
  }

  /** Where the value of the error's {@code data} starts, whatever it is; empty if missing. */
  public int errorDataFrom() {
    return data.from;
  }

  /** Where the value of the error's {@code data} ends. */
  public int errorDataTo() {
    return data.to;
  }

  /** A value's place. An empty one is a value that is not there: no value of JSON is empty. */
  private static final class Span {
    int from;
    int to;

    void clear() {
      from = to = 0;
    }

    boolean isPresent() {
      return to > from;
    }

    boolean isNull(byte[] json) {
      return json[from] == 'n';
    }
  }
}
