package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import org.jspecify.annotations.Nullable;

/**
 * Reads the block that a call names, where {@link Method#blockAt} says that it stands: a number, a
 * tag, a hash, or an object of EIP-1898.
 *
 * <p>It is strict, since nodes are not, and not alike: what is spelled in an unusual way (a number
 * with leading zeros, an escape in a tag, a member that EIP-1898 does not have) is {@link
 * BlockWord#MALFORMED}, so that no answer is ever kept for what a node may have read otherwise.
 *
 * <p>Reusable and not thread-safe: one an event loop. Reading allocates nothing.
 */
public final class BlockParameter {
  /** Stands for the number where {@link #word} is not {@link BlockWord#NUMBER}. */
  public static final long NO_NUMBER = -1;

  /** Stands for the place of a parameter that is not there. */
  public static final int NOWHERE = -1;

  private static final String[] EIP_1898 = {"blockNumber", "blockHash", "requireCanonical"};
  // debug_traceCallMany has its block in an object with one more member.
  private static final String[] EIP_1898_AND_INDEX = {
    "blockNumber", "blockHash", "requireCanonical", "transactionIndex"
  };

  private BlockWord word = BlockWord.MALFORMED;
  private long number = NO_NUMBER;
  private int hashFrom = NOWHERE;
  private int from = NOWHERE;
  private int to = NOWHERE;
  private boolean leftOutAtEnd;

  /**
   * Reads the parameters of a call. They must be valid JSON.
   *
   * @param method one with a block parameter
   * @param paramsFrom where the parameters begin; {@code paramsFrom == paramsTo} if there are none
   * @return {@link #word}
   */
  public BlockWord read(Method method, byte[] json, int paramsFrom, int paramsTo) {
    clear();
    word = readParams(method, json, paramsFrom, paramsTo);
    if (word != BlockWord.NUMBER) {
      number = NO_NUMBER;
    }
    return word;
  }

  private void clear() {
    number = NO_NUMBER;
    hashFrom = NOWHERE;
    from = NOWHERE;
    to = NOWHERE;
    leftOutAtEnd = false;
  }

  /** Reads one JSON value that names a block by a string, such as an end of a range. */
  BlockWord readValue(byte[] json, int valueFrom, int valueTo) {
    clear();
    from = valueFrom;
    to = valueTo;
    word = string(json, valueFrom, valueTo);
    return word;
  }

  /** Reads what is left out where that means the newest block. */
  BlockWord readNothing() {
    clear();
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

  /** The block's hash, read from the same JSON, or null if it was not named by its hash. */
  public @Nullable BlockHash hash(byte[] json) {
    return hashFrom == NOWHERE
        ? null
        : BlockHash.parse(json, hashFrom, hashFrom + BlockHash.JSON_LENGTH);
  }

  /** Where the value begins that names the block, or {@link #NOWHERE} if it was left out. */
  public int from() {
    return from;
  }

  /** Where that value ends, exclusive. */
  public int to() {
    return to;
  }

  /** True if the block was left out, and would be the next parameter after those that are there. */
  public boolean isLeftOutAtEnd() {
    return leftOutAtEnd;
  }

  private BlockWord readParams(Method method, byte[] json, int paramsFrom, int paramsTo) {
    if (paramsFrom == paramsTo) {
      return absent(method);
    }
    if (!JsonSpans.isArray(json, paramsFrom)) {
      return BlockWord.MALFORMED;
    }
    int at = method.blockAt();
    if (at == Method.LAST) {
      at = JsonSpans.elementCount(json, paramsFrom, paramsTo) - 1;
    }
    from = at < 0 ? NOWHERE : JsonSpans.element(json, paramsFrom, paramsTo, at);
    if (from == NOWHERE) {
      leftOutAtEnd = at > 0 && JsonSpans.elementCount(json, paramsFrom, paramsTo) == at;
      return absent(method);
    }
    to = JsonSpans.valueEnd(json, from, paramsTo);
    if (JsonSpans.isNull(json, from)) {
      return absent(method);
    }
    return JsonSpans.isObject(json, from) ? object(method, json) : string(json, from, to);
  }

  private static BlockWord absent(Method method) {
    return method.blockOptional() ? BlockWord.LATEST : BlockWord.MALFORMED;
  }

  private BlockWord object(Method method, byte[] json) {
    boolean many = method.name().equals("debug_traceCallMany");
    if (!MemberNames.eachOnceAmong(json, from, to, many ? EIP_1898_AND_INDEX : EIP_1898)) {
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
    if (isHash != (hashAt >= 0)) {
      return BlockWord.MALFORMED;
    }
    if (many) {
      // There is more in the object than the block, so the object does not stand for it.
      to = JsonSpans.valueEnd(json, at, to);
      from = at;
    }
    return found;
  }

  private BlockWord string(byte[] json, int start, int end) {
    number = JsonSpans.hexQuantity(json, start, end);
    if (number != NO_NUMBER) {
      return BlockWord.NUMBER;
    }
    return switch (end - start) {
      case 6 -> tag(json, start, "\"safe\"", BlockWord.SAFE);
      case 8 -> tag(json, start, "\"latest\"", BlockWord.LATEST);
      case 9 -> tag(json, start, "\"pending\"", BlockWord.PENDING);
      case 10 -> tag(json, start, "\"earliest\"", BlockWord.EARLIEST);
      case 11 -> tag(json, start, "\"finalized\"", BlockWord.FINALIZED);
      case BlockHash.JSON_LENGTH -> hash(json, start, end);
      default -> BlockWord.MALFORMED;
    };
  }

  private BlockWord hash(byte[] json, int start, int end) {
    if (!Quantity.isHash(json, start, end)) {
      return BlockWord.MALFORMED;
    }
    hashFrom = start;
    return BlockWord.HASH;
  }

  private static BlockWord tag(byte[] json, int start, String quoted, BlockWord tag) {
    for (int i = 0; i < quoted.length(); i++) {
      if (json[start + i] != quoted.charAt(i)) {
        return BlockWord.MALFORMED;
      }
    }
    return tag;
  }
}
