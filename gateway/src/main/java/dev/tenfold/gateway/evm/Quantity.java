package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;

/** Numbers and hashes as Ethereum nodes write them. */
final class Quantity {
  static final long NONE = -1;
  private static final int LONGEST_DECIMAL = 18;
  private static final int HASH_LENGTH = 68;

  private Quantity() {}

  /**
   * The number that a JSON value spells: a hex quantity in a string, or an integer as the {@code
   * trace_} methods have it; {@link #NONE} for all else.
   */
  static long parse(byte[] json, int from, int to) {
    return JsonSpans.isString(json, from)
        ? JsonSpans.hexQuantity(json, from, to)
        : decimal(json, from, to);
  }

  /** True if the value is a string of {@code 0x} and 64 hex digits. */
  static boolean isHash(byte[] json, int from, int to) {
    if (to - from != HASH_LENGTH || json[from + 1] != '0' || json[from + 2] != 'x') {
      return false;
    }
    for (int i = from + 3; i < to - 1; i++) {
      if (Character.digit(json[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static long decimal(byte[] json, int from, int to) {
    if (from == to || to - from > LONGEST_DECIMAL) {
      return NONE;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (json[i] < '0' || json[i] > '9') {
        return NONE;
      }
      value = value * 10 + (json[i] - '0');
    }
    return value;
  }
}
