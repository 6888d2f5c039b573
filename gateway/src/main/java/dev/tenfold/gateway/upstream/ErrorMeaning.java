package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.Failure;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a node means by a JSON-RPC error: by its code, and by its words only where nodes use one
 * code for several things. This is the one place where words are matched.
 *
 * <p>Sources: JSON-RPC 2.0 section 5.1, EIP-1474, the Ethereum execution API's error groups, and
 * what geth, Erigon, Nethermind, Besu, Hardhat, Anvil and the large providers send.
 */
enum ErrorMeaning {
  /** The call ran and reverted. */
  REVERTED(Failure.NODE_REVERT, true),
  /** The node is asked too often. */
  RATE_LIMITED(Failure.NODE_RATE_LIMITED, true),
  /** The node does not offer the method. */
  LACKS_METHOD(Failure.NODE_LACKS_METHOD, true),
  /** The node has the transaction already. */
  ALREADY_KNOWN(Failure.NODE_ERROR, true),
  /** The node does not have the block that the call names. */
  LACKS_BLOCK(Failure.NODE_ERROR, true),
  /** The node failed at something that has nothing to do with the call. */
  BROKEN(Failure.NODE_INTERNAL_ERROR, false),
  /** The call is wrong in itself: every node would say so. */
  WRONG_CALL(Failure.NODE_ERROR, true),
  /** Anything else; it goes to the caller. */
  OTHER(Failure.NODE_ERROR, false);

  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int INTERNAL = -32603;
  private static final int RESOURCE_NOT_FOUND = -32001;
  private static final int LIMIT_EXCEEDED = -32005;
  private static final int TOO_MANY_REQUESTS = -32029;
  private static final int HTTP_TOO_MANY_REQUESTS = 429;
  private static final int EXECUTION_REVERTED = 3;
  private static final int SERVER_ERRORS_FROM = -32099;
  private static final int SERVER_ERRORS_TO = -32000;

  private static final Pattern KNOWN =
      Pattern.compile(
          "already known|alreadyknown|already_exists|known transaction|already imported"
              + "|already in (the )?(mempool|txpool|pool)|transaction already exists");
  private static final Pattern NOT_KNOWN = Pattern.compile("unknown transaction");
  private static final Pattern REVERT =
      Pattern.compile("execution reverted|processing transaction: revert|^reverted\\b");
  private static final Pattern TOO_MANY_RESULTS =
      Pattern.compile("results|returned more than|block range|range (is )?too|response size|logs");
  private static final Pattern RATE =
      Pattern.compile(
          "rate.?limit|too many requests|request limit|requests per second|compute units"
              + "|capacity|throttl|quota|request rate|daily request count|usage limit");
  private static final Pattern NO_BLOCK =
      Pattern.compile(
          "header (for hash .*)?not found|unknown (block|header)|block .*(not found"
              + "|does not exist|is not canonical)|(could not|cannot|can't) find (the"
              + " )?(block|header)|hash .*not (found|(currently )?canonical)|no (block|header)"
              + " (found|with)|resource not found");
  private static final Pattern NO_METHOD =
      Pattern.compile(
          "method .*(not found|not supported|not available|does not exist|unsupported|not"
              + " whitelisted|not implemented)|unsupported method|method not (found|supported)");

  private final Failure failure;
  private final boolean deterministic;

  ErrorMeaning(Failure failure, boolean deterministic) {
    this.failure = failure;
    this.deterministic = deterministic;
  }

  Failure failure() {
    return failure;
  }

  /** True if the error is an answer even where the HTTP status speaks of a failing server. */
  boolean isDeterministic() {
    return deterministic;
  }

  /**
   * True if the node may have refused the form of the call rather than what it asks: then the same
   * call in another form may be answered.
   */
  boolean mayBeOfTheForm() {
    return refuses() || this == BROKEN || this == OTHER;
  }

  /** True if the node says that it will not even begin with the call as it is. */
  boolean refuses() {
    return this == WRONG_CALL || this == LACKS_METHOD;
  }

  /**
   * Reads an error.
   *
   * @param code of the error, or {@link Long#MIN_VALUE}
   * @param text its message, or empty
   * @param data its data as text, or empty
   */
  static ErrorMeaning of(long code, String text, String data) {
    String message = text.toLowerCase(Locale.ROOT);
    if (code == EXECUTION_REVERTED
        || says(REVERT, message)
        || says(REVERT, data.toLowerCase(Locale.ROOT))) {
      return REVERTED;
    }
    if (says(KNOWN, message) && !says(NOT_KNOWN, message)) {
      return ALREADY_KNOWN;
    }
    if (code == HTTP_TOO_MANY_REQUESTS || code == TOO_MANY_REQUESTS) {
      return RATE_LIMITED;
    }
    if (code == METHOD_NOT_FOUND) {
      return LACKS_METHOD;
    }
    if (code == RESOURCE_NOT_FOUND || says(NO_BLOCK, message)) {
      return LACKS_BLOCK;
    }
    if (code == INVALID_REQUEST || code == INVALID_PARAMS) {
      return WRONG_CALL;
    }
    return ofAmbiguous(code, message);
  }

  private static ErrorMeaning ofAmbiguous(long code, String message) {
    boolean ofServer = code == INTERNAL || (code >= SERVER_ERRORS_FROM && code <= SERVER_ERRORS_TO);
    if (code == LIMIT_EXCEEDED && says(TOO_MANY_RESULTS, message)) {
      return WRONG_CALL;
    }
    if (ofServer && says(RATE, message) && !says(TOO_MANY_RESULTS, message)) {
      return RATE_LIMITED;
    }
    if (ofServer && says(NO_METHOD, message)) {
      return LACKS_METHOD;
    }
    return code == INTERNAL ? BROKEN : OTHER;
  }

  private static boolean says(Pattern pattern, String text) {
    return pattern.matcher(text).find();
  }
}
