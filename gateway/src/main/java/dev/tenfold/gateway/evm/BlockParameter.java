package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;

/**
 * Reads the block that a call names, where {@link Method#blockAt} says that it stands: a number, a
 * tag, a hash, or an object of EIP-1898.
 *
 * <p>It is strict, since nodes are not, and not alike: what is spelled in an unusual way (a number
 * with leading zeros, an escape in a tag, a member that EIP-1898 does not have) is {@link
 * BlockWord#MALFORMED}, so that no answer is ever kept for what a node may have read otherwise.
 *
 * <p>Reusable and not thread-safe: one an event loop. Allocates nothing.
 */
public final class BlockParameter {
  /** Stands for the number where {@link #word} is not {@link BlockWord#NUMBER}. */
  public static final long NO_NUMBER = -1;

  private static final String[] EIP_1898 = {"blockNumber", "blockHash", "requireCanonical"};
  // debug_traceCallMany has its block in an object with one more member.
  private static final String[] EIP_1898_AND_INDEX = {
    "blockNumber", "blockHash", "requireCanonical", "transactionIndex"
  };

  private BlockWord word = BlockWord.MALFORMED;
  private long number = NO_NUMBER;

  /**
   * Reads the parameters of a call. They must be valid JSON.
   *
   * @param method one with a block parameter
   * @param from where the parameters begin; {@code from == to} if there are none
   * @return {@link #word}
   */
  public BlockWord read(Method method, byte[] json, int from, int to) {
    number = NO_NUMBER;
    word = readParams(method, json, from, to);
    if (word != BlockWord.NUMBER) {
      number = NO_NUMBER;
    }
    return word;
  }

  /** Reads one JSON value that names a block by a string, such as an end of a range. */
  BlockWord readValue(byte[] json, int from, int to) {
    number = NO_NUMBER;
    word = string(json, from, to);
    return word;
  }

  /** Reads what is left out where that means the newest block. */
  BlockWord readNothing() {
    number = NO_NUMBER;
    word = BlockWord.LATEST;
    return word;
  }

  /** What kind of block the call named that was read last. */
  public BlockWord word() {
    return word;
  }

  /** Its number, or {@link #NO_NUMBER} if it was not named by a number. */
  public long number() {
    return number;
  }

  private BlockWord readParams(Method method, byte[] json, int from, int to) {
    if (from == to) {
      return absent(method);
    }
    if (!JsonSpans.isArray(json, from)) {
      return BlockWord.MALFORMED;
    }
    int at = method.blockAt();
    if (at == Method.LAST) {
      at = JsonSpans.elementCount(json, from, to) - 1;
    }
    int start = at < 0 ? -1 : JsonSpans.element(json, from, to, at);
    if (start < 0 || JsonSpans.isNull(json, start)) {
      return absent(method);
    }
    int end = JsonSpans.valueEnd(json, start, to);
    return JsonSpans.isObject(json, start)
        ? object(method, json, start, end)
        : string(json, start, end);
  }

  private static BlockWord absent(Method method) {
    return method.blockOptional() ? BlockWord.LATEST : BlockWord.MALFORMED;
  }

  private BlockWord object(Method method, byte[] json, int from, int to) {
    boolean many = method.name().equals("debug_traceCallMany");
    if (!MemberNames.allAmong(json, from, to, many ? EIP_1898_AND_INDEX : EIP_1898)) {
      return BlockWord.MALFORMED;
    }
    int numberAt = JsonSpans.member(json, from, to, "blockNumber");
    int hashAt = JsonSpans.member(json, from, to, "blockHash");
    if (numberAt < 0 == hashAt < 0) {
      return BlockWord.MALFORMED;
    }
    int at = Math.max(numberAt, hashAt);
    BlockWord found = string(json, at, JsonSpans.valueEnd(json, at, to));
    boolean isHash = found == BlockWord.HASH;
    return isHash == hashAt >= 0 ? found : BlockWord.MALFORMED;
  }

  private BlockWord string(byte[] json, int from, int to) {
    number = JsonSpans.hexQuantity(json, from, to);
    if (number != NO_NUMBER) {
      return BlockWord.NUMBER;
    }
    return switch (to - from) {
      case 6 -> tag(json, from, "\"safe\"", BlockWord.SAFE);
      case 8 -> tag(json, from, "\"latest\"", BlockWord.LATEST);
      case 9 -> tag(json, from, "\"pending\"", BlockWord.PENDING);
      case 10 -> tag(json, from, "\"earliest\"", BlockWord.EARLIEST);
      case 11 -> tag(json, from, "\"finalized\"", BlockWord.FINALIZED);
      case 68 -> Quantity.isHash(json, from, to) ? BlockWord.HASH : BlockWord.MALFORMED;
      default -> BlockWord.MALFORMED;
    };
  }

  private static BlockWord tag(byte[] json, int from, String quoted, BlockWord tag) {
    for (int i = 0; i < quoted.length(); i++) {
      if (json[from + i] != quoted.charAt(i)) {
        return BlockWord.MALFORMED;
      }
    }
    return tag;
  }
}
