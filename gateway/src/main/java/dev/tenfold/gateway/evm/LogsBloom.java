package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import java.util.Arrays;

/**
 * The bloom filter of a block's logs: it says of an address or a topic that it is certainly not in
 * any log of the block, or that it may be. Immutable; 256 bytes, none where it is empty or unknown.
 *
 * <p>Source: the Ethereum yellow paper, section 4.3.1: each value sets three bits of 2,048, chosen
 * by the low 11 bits of the first three pairs of bytes of its Keccak-256.
 */
public final class LogsBloom {
  /** A node that does not say: anything may be there. */
  public static final LogsBloom UNKNOWN = new LogsBloom(new long[0]);

  /** A block without logs. */
  public static final LogsBloom EMPTY = new LogsBloom(new long[0]);

  private static final int BYTES = 256;
  private static final int JSON_LENGTH = 2 * BYTES + 4;
  private static final int DIGITS_OF_A_LONG = 16;
  private static final int BITS = 3;

  private final long[] words;

  private LogsBloom(long[] words) {
    this.words = words;
  }

  /** Reads a JSON string of {@code 0x} and 512 hex digits; {@link #UNKNOWN} for all else. */
  public static LogsBloom parse(byte[] json, int from, int to) {
    if (to - from != JSON_LENGTH || !JsonSpans.isString(json, from)) {
      return UNKNOWN;
    }
    long[] words = new long[BYTES / Long.BYTES];
    for (int i = 0; i < 2 * BYTES; i++) {
      int digit = Character.digit(json[from + 3 + i], 16);
      if (digit < 0) {
        return UNKNOWN;
      }
      int word = i / DIGITS_OF_A_LONG;
      words[word] = (words[word] << 4) | digit;
    }
    return Arrays.stream(words).allMatch(word -> word == 0) ? EMPTY : new LogsBloom(words);
  }

  /** True unless no log of the block has this address or topic. */
  public boolean mayContain(byte[] addressOrTopic) {
    if (this == UNKNOWN) {
      return true;
    }
    if (this == EMPTY) {
      return false;
    }
    byte[] hash = Keccak.hash(addressOrTopic);
    for (int pair = 0; pair < BITS; pair++) {
      int bit =
          ((hash[2 * pair] << Byte.SIZE) | (hash[2 * pair + 1] & 0xff)) & (BYTES * Byte.SIZE - 1);
      if (((words[words.length - 1 - bit / Long.SIZE] >>> bit) & 1) == 0) {
        return false;
      }
    }
    return true;
  }
}
