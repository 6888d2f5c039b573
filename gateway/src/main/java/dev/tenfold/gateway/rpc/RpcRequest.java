package dev.tenfold.gateway.rpc;

import dev.tenfold.gateway.evm.Method;
import java.nio.charset.StandardCharsets;

/**
 * One JSON-RPC call. The parameters are a span of the body as the client wrote it, valid JSON, an
 * array or an object; an empty span where there were none. The array is shared and never written.
 *
 * @param method what is known of the method
 * @param json the bytes that hold the parameters
 * @param paramsFrom where they begin
 * @param paramsTo where they end, exclusive
 * @param snapshot what was believed of the chain when the HTTP request arrived
 * @param caller who asks
 * @param deadlineNanos when the caller's patience ends, on the clock of {@link System#nanoTime}
 * @param asked what is known of the block that the call is about
 */
public record RpcRequest(
    Method method,
    byte[] json,
    int paramsFrom,
    int paramsTo,
    Snapshot snapshot,
    Caller caller,
    long deadlineNanos,
    AskedBlock asked) {

  /** A call of which nothing more is known. */
  public RpcRequest(
      Method method,
      byte[] json,
      int paramsFrom,
      int paramsTo,
      Snapshot snapshot,
      Caller caller,
      long deadlineNanos) {
    this(method, json, paramsFrom, paramsTo, snapshot, caller, deadlineNanos, AskedBlock.ANY);
  }

  /** The same call with other parameters. */
  public RpcRequest with(byte[] params) {
    return new RpcRequest(method, params, 0, params.length, snapshot, caller, deadlineNanos, asked);
  }

  /** The same call on behalf of another. */
  public RpcRequest by(Caller another) {
    return new RpcRequest(
        method, json, paramsFrom, paramsTo, snapshot, another, deadlineNanos, asked);
  }

  /** The same call for one who knows this of the chain. */
  public RpcRequest at(Snapshot another) {
    return new RpcRequest(
        method, json, paramsFrom, paramsTo, another, caller, deadlineNanos, asked);
  }

  /** The same call, with what is known of its block. */
  public RpcRequest about(AskedBlock block) {
    return new RpcRequest(
        method, json, paramsFrom, paramsTo, snapshot, caller, deadlineNanos, block);
  }

  /** True if the call has a {@code params} member. */
  public boolean hasParams() {
    return paramsTo > paramsFrom;
  }

  /** The parameters as text, for messages and tests; it copies. */
  public String paramsText() {
    return new String(json, paramsFrom, paramsTo - paramsFrom, StandardCharsets.UTF_8);
  }
}
