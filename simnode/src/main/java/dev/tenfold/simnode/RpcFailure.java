package dev.tenfold.simnode;

import org.jspecify.annotations.Nullable;

/** A call ends with a JSON-RPC error. Carries no stack trace: it is an answer, not a defect. */
public final class RpcFailure extends RuntimeException {
  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int INTERNAL = -32603;
  static final int SERVER = -32000;
  static final int RESOURCE_NOT_FOUND = -32001;
  static final int LIMIT_EXCEEDED = -32005;
  static final int REVERTED = 3;

  private static final long serialVersionUID = 1;

  private final int code;
  private final String text;
  private final @Nullable String data;

  RpcFailure(int code, String text) {
    this(code, text, null);
  }

  RpcFailure(int code, String text, @Nullable String data) {
    super(text, null, false, false);
    this.code = code;
    this.text = text;
    this.data = data;
  }

  static RpcFailure invalidParams(String text) {
    return new RpcFailure(INVALID_PARAMS, text);
  }

  static RpcFailure server(String text) {
    return new RpcFailure(SERVER, text);
  }

  /** The error's code. */
  public int code() {
    return code;
  }

  /** The error's message. */
  public String text() {
    return text;
  }

  /** The error's data, such as what a revert returned. */
  public @Nullable String data() {
    return data;
  }
}
