package dev.tenfold.gateway.rpc;

import dev.tenfold.gateway.rpc.FailureTable.Row;

/**
 * Every way in which a call can fail. What follows from each stands in {@link FailureTable}, and in
 * {@code docs/errors.md}.
 */
public enum Failure {
  // what callers do wrong
  NOT_JSON,
  TOO_DEEP,
  INVALID_REQUEST,
  EMPTY_BATCH,
  BATCH_TOO_LARGE,
  BODY_TOO_LARGE,
  HEADERS_TOO_LARGE,
  UNKNOWN_ENCODING,
  BAD_HTTP,
  REQUEST_TIMEOUT,
  KEY_MISSING,
  KEY_UNKNOWN,
  KEY_FORBIDDEN,
  KEY_METHOD_DENIED,
  LIMIT_EXCEEDED,
  METHOD_DENIED,
  SUBSCRIPTION_OVER_HTTP,
  INVALID_PARAMS,
  LOOP,
  TOO_MANY_CONNECTIONS,
  UNKNOWN_PATH,
  NOT_POST,

  // what the gateway cannot do
  KEYS_UNAVAILABLE,
  FILTER_NOT_FOUND,
  NO_NODE,
  ALL_RATE_LIMITED,
  CALL_TIMEOUT,
  IN_FLIGHT_FULL,
  CALLER_GONE,
  CALLER_TOO_SLOW,
  SHUTTING_DOWN,
  INTERNAL,

  // what nodes do: see upstream
  NODE_UNREACHABLE,
  NODE_BUSY,
  NODE_SILENT,
  NODE_NOT_ASKED_IN_TIME,
  NODE_BROKE_OFF,
  NODE_HTTP_ERROR,
  NODE_REFUSED_US,
  NODE_NOT_JSON_RPC,
  NODE_WRONG_ID,
  NODE_ANSWER_TOO_LARGE,
  NODE_RATE_LIMITED,
  NODE_INTERNAL_ERROR,
  NODE_LACKS_METHOD,
  NODE_WRONG_CHAIN,
  NODE_LACKS_BLOCK,
  NODE_REVERT,
  NODE_ERROR;

  /** True if the node did its work, and the error is the answer to the call. */
  public boolean isAnswer() {
    return this == NODE_REVERT || this == NODE_ERROR;
  }

  /** What follows from this failure. */
  public Row row() {
    return FailureTable.row(this);
  }

  /** A reply that says so in the words of the table. */
  public RpcReply.RpcError reply() {
    return reply(row().message());
  }

  /** A reply that says so in words of its own, which must not name a node's address or a key. */
  public RpcReply.RpcError reply(String message) {
    int retryAfterSeconds = this == IN_FLIGHT_FULL ? 1 : 0;
    return new RpcReply.RpcError(
        ErrorJson.of(row().code(), message), this, CacheStatus.REFUSED, retryAfterSeconds);
  }
}
