package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.TransactionHash;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The methods that send a signed transaction. Its hash makes it safe to hand it to a second node
 * when the first may have it.
 */
public final class Sends {
  private static final String PREFIX = "eth_sendRawTransaction";
  private static final String SYNC = PREFIX + "Sync";

  private Sends() {}

  /** True if the method sends a signed transaction. */
  public static boolean isSend(Method method) {
    return method.name().startsWith(PREFIX);
  }

  /** True if the method's result is the transaction's hash. */
  static boolean answersWithHash(Method method) {
    return isSend(method) && !method.name().equals(SYNC);
  }

  /** The transaction's hash as a JSON string, or null if the call carries no transaction. */
  static byte @Nullable [] hash(RpcRequest request) {
    byte[] json = request.json();
    int from = JsonSpans.skipSpace(json, request.paramsFrom(), request.paramsTo());
    if (!request.hasParams() || !JsonSpans.isArray(json, from)) {
      return null;
    }
    int first = JsonSpans.element(json, from, request.paramsTo(), 0);
    if (first < 0 || !JsonSpans.isString(json, first)) {
      return null;
    }
    int end = JsonSpans.valueEnd(json, first, request.paramsTo());
    String hex = JsonSpans.string(json, first, end);
    try {
      byte[] raw = HexFormat.of().parseHex(hex, "0x".length(), hex.length());
      String hash = HexFormat.of().formatHex(TransactionHash.of(raw));
      return ("\"0x" + hash + '"').getBytes(StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
