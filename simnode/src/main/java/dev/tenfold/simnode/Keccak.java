package dev.tenfold.simnode;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it (before the padding of the SHA-3 standard). */
final class Keccak {
  private Keccak() {}

  static byte[] hash(byte[] input) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(input, 0, input.length);
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return hash;
  }

  static byte[] hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash as {@code 0x} and 64 digits. */
  static String hex(byte[] input) {
    return Hex.data(hash(input));
  }

  static String hex(String text) {
    return Hex.data(hash(text));
  }
}
