package dev.tenfold.gateway.rpc;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.event.Level;

/**
 * What follows from each {@link Failure}, in one place: what the caller is told, whether another
 * node may be asked, and what is held against the node. {@code docs/errors.md} is this table.
 */
public final class FailureTable {

  /** Whether another node may be asked after this failure. */
  public enum AskAnother {
    YES,
    NO,
    /** Also for calls that change something: the node certainly did not act on it. */
    CERTAINLY
  }

  /** What the failure says of the node. */
  public enum Blame {
    /** Nothing. */
    NONE,
    /** One mark; enough marks take the node out of rotation. */
    MARK,
    /** The node is left alone until it may be asked again. */
    REST,
    /** The node is out until a probe finds it well. */
    OUT
  }

  /**
   * One row.
   *
   * @param code of the JSON-RPC error where the words are ours
   * @param message the words, where they are ours
   * @param httpStatus of a reply to a single call
   * @param askAnother whether another node may be asked
   * @param waitingHelps whether the same call may succeed later
   * @param blame what it says of the node
   * @param level at which it is logged
   */
  public record Row(
      int code,
      String message,
      int httpStatus,
      AskAnother askAnother,
      boolean waitingHelps,
      Blame blame,
      Level level) {}

  private static final Map<Failure, Row> ROWS = rows();

  private FailureTable() {}

  static Row row(Failure failure) {
    return Objects.requireNonNull(ROWS.get(failure), failure::name);
  }

  private static Map<Failure, Row> rows() {
    Map<Failure, Row> rows = new EnumMap<>(Failure.class);
    callers(rows);
    gateway(rows);
    nodes(rows);
    return rows;
  }

  private static void callers(Map<Failure, Row> rows) {
    rows.put(Failure.NOT_JSON, caller(-32700, "parse error: the body is not valid JSON", 400));
    rows.put(Failure.TOO_DEEP, caller(-32700, "parse error: nested too deeply", 400));
    rows.put(Failure.INVALID_REQUEST, caller(-32600, "invalid request", 200));
    rows.put(Failure.EMPTY_BATCH, caller(-32600, "invalid request: empty batch", 200));
    rows.put(Failure.BATCH_TOO_LARGE, caller(-32600, "invalid request: too many calls", 413));
    rows.put(Failure.BODY_TOO_LARGE, caller(-32600, "invalid request: body too large", 413));
    rows.put(Failure.HEADERS_TOO_LARGE, caller(-32600, "invalid request: headers too large", 431));
    rows.put(
        Failure.UNKNOWN_ENCODING,
        caller(-32600, "invalid request: of content encodings only gzip is known", 415));
    rows.put(Failure.BAD_HTTP, caller(-32600, "invalid request: not valid HTTP", 400));
    rows.put(
        Failure.REQUEST_TIMEOUT, caller(-32600, "invalid request: it did not arrive in time", 408));
    rows.put(Failure.KEY_MISSING, caller(-32016, "an API key is needed", 401));
    rows.put(Failure.KEY_UNKNOWN, caller(-32016, "the API key is not known", 401));
    rows.put(Failure.KEY_FORBIDDEN, caller(-32016, "the API key may not be used here", 403));
    rows.put(
        Failure.KEY_METHOD_DENIED, caller(-32016, "the API key may not call this method", 403));
    rows.put(
        Failure.LIMIT_EXCEEDED,
        new Row(-32005, "limit exceeded", 429, AskAnother.NO, true, Blame.NONE, Level.DEBUG));
    rows.put(Failure.METHOD_DENIED, caller(-32601, "the method is not allowed here", 200));
    rows.put(
        Failure.SUBSCRIPTION_OVER_HTTP,
        caller(-32601, "subscriptions need WebSocket; over HTTP use filters", 200));
    rows.put(Failure.INVALID_PARAMS, caller(-32602, "invalid params", 200));
    rows.put(
        Failure.LOOP, caller(-32600, "invalid request: it came through this gateway before", 400));
    rows.put(Failure.TOO_MANY_CONNECTIONS, caller(-32600, "too many connections", 503));
    rows.put(Failure.UNKNOWN_PATH, caller(-32600, "invalid request: no chain has this path", 404));
    rows.put(Failure.NOT_POST, caller(-32600, "invalid request: calls are sent by POST", 405));
  }

  private static void gateway(Map<Failure, Row> rows) {
    rows.put(
        Failure.KEYS_UNAVAILABLE,
        ours(-32603, "the API key cannot be looked up now", 503, Level.WARN));
    rows.put(Failure.FILTER_NOT_FOUND, ours(-32000, "filter not found", 200, Level.DEBUG));
    rows.put(Failure.NO_NODE, ours(-32603, "no node could answer", 503, Level.WARN));
    rows.put(
        Failure.ALL_RATE_LIMITED,
        new Row(
            -32005,
            "every node is at its rate limit",
            429,
            AskAnother.NO,
            true,
            Blame.NONE,
            Level.WARN));
    rows.put(Failure.CALL_TIMEOUT, ours(-32603, "no node answered in time", 503, Level.WARN));
    rows.put(
        Failure.IN_FLIGHT_FULL,
        ours(-32603, "the gateway holds as much as it may for others", 503, Level.WARN));
    rows.put(
        Failure.CALLER_TOO_SLOW,
        ours(-32603, "the caller does not read the reply", 503, Level.DEBUG));
    rows.put(Failure.CALLER_GONE, ours(-32603, "the caller hung up", 503, Level.DEBUG));
    rows.put(Failure.SHUTTING_DOWN, ours(-32603, "the gateway is stopping", 503, Level.DEBUG));
    rows.put(Failure.INTERNAL, ours(-32603, "internal error of the gateway", 503, Level.ERROR));
  }

  private static void nodes(Map<Failure, Row> rows) {
    AskAnother yes = AskAnother.YES;
    AskAnother certainly = AskAnother.CERTAINLY;
    rows.put(Failure.NODE_UNREACHABLE, node(certainly, Blame.OUT, Level.WARN));
    rows.put(Failure.NODE_BUSY, node(certainly, Blame.NONE, Level.WARN));
    rows.put(Failure.NODE_SILENT, node(yes, Blame.MARK, Level.WARN));
    rows.put(Failure.NODE_NOT_ASKED_IN_TIME, node(certainly, Blame.MARK, Level.WARN));
    rows.put(Failure.NODE_BROKE_OFF, node(yes, Blame.MARK, Level.WARN));
    rows.put(Failure.NODE_HTTP_ERROR, node(yes, Blame.MARK, Level.WARN));
    rows.put(Failure.NODE_REFUSED_US, node(certainly, Blame.MARK, Level.WARN));
    rows.put(Failure.NODE_NOT_JSON_RPC, node(yes, Blame.MARK, Level.WARN));
    rows.put(Failure.NODE_WRONG_ID, node(yes, Blame.MARK, Level.WARN));
    rows.put(
        Failure.NODE_ANSWER_TOO_LARGE,
        new Row(
            -32603,
            "the answer is larger than the gateway takes",
            503,
            AskAnother.NO,
            false,
            Blame.NONE,
            Level.WARN));
    rows.put(Failure.NODE_RATE_LIMITED, node(certainly, Blame.REST, Level.INFO));
    rows.put(Failure.NODE_INTERNAL_ERROR, node(yes, Blame.NONE, Level.INFO));
    rows.put(Failure.NODE_LACKS_METHOD, node(certainly, Blame.NONE, Level.DEBUG));
    rows.put(Failure.NODE_WRONG_CHAIN, node(certainly, Blame.OUT, Level.ERROR));
    rows.put(
        Failure.NODE_LACKS_BLOCK,
        new Row(
            -32603,
            "the nodes lag: none has the block that was asked for",
            503,
            yes,
            true,
            Blame.NONE,
            Level.DEBUG));
    rows.put(Failure.NODE_REVERT, passedOn());
    rows.put(Failure.NODE_ERROR, passedOn());
  }

  private static Row caller(int code, String message, int httpStatus) {
    return new Row(code, message, httpStatus, AskAnother.NO, false, Blame.NONE, Level.DEBUG);
  }

  private static Row ours(int code, String message, int httpStatus, Level level) {
    boolean waitingHelps = httpStatus == 503;
    return new Row(code, message, httpStatus, AskAnother.NO, waitingHelps, Blame.NONE, level);
  }

  private static Row node(AskAnother askAnother, Blame blame, Level level) {
    return new Row(-32603, "no node could answer", 503, askAnother, true, blame, level);
  }

  private static Row passedOn() {
    return new Row(0, "as the node said it", 200, AskAnother.NO, false, Blame.NONE, Level.DEBUG);
  }
}
