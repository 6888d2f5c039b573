package dev.tenfold.simnode;

import java.util.List;

/** The 2,048-bit filter of the addresses and topics in logs (yellow paper, section 4.3.1). */
final class Bloom {
  private static final int BYTES = 256;

  private Bloom() {}

  static byte[] of(List<Log> logs) {
    byte[] bloom = new byte[BYTES];
    for (Log log : logs) {
      add(bloom, Hex.bytes(log.address()));
      log.topics().forEach(topic -> add(bloom, Hex.bytes(topic)));
    }
    return bloom;
  }

  static void merge(byte[] into, byte[] other) {
    for (int i = 0; i < BYTES; i++) {
      into[i] |= other[i];
    }
  }

  static boolean mayContain(byte[] bloom, byte[] value) {
    byte[] one = new byte[BYTES];
    add(one, value);
    for (int i = 0; i < BYTES; i++) {
      if ((one[i] & ~bloom[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  private static void add(byte[] bloom, byte[] value) {
    byte[] hash = Keccak.hash(value);
    for (int i = 0; i < 6; i += 2) {
      int bit = ((hash[i] & 0xff) << 8 | (hash[i + 1] & 0xff)) & 0x7ff;
      bloom[BYTES - 1 - bit / 8] |= (byte) (1 << bit % 8);
    }
  }
}
