package dev.tenfold.gateway.access;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a key's text: what is stored in its place, and what it is found by. Keys are long
 * and random, so no slower hash is needed; and since a caller cannot choose a hash, how long a
 * look-up takes tells nothing of those that exist. Immutable; all of its 256 bits are compared.
 */
public record KeyHash(long first, long second, long third, long fourth) {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** How many bytes it has. */
  public static final int BYTES = 32;

  /** The hash of a key's text. */
  public static KeyHash of(String text) {
    return from(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A hash that was stored.
   *
   * @throws IllegalArgumentException if it has not {@value #BYTES} bytes
   */
  public static KeyHash from(byte[] hash) {
    if (hash.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes; this has " + hash.length);
    }
    return new KeyHash(
        (long) LONG.get(hash, 0),
        (long) LONG.get(hash, 8),
        (long) LONG.get(hash, 16),
        (long) LONG.get(hash, 24));
  }

  /** The hash as it is stored; a new array. */
  public byte[] bytes() {
    byte[] hash = new byte[BYTES];
    LONG.set(hash, 0, first);
    LONG.set(hash, 8, second);
    LONG.set(hash, 16, third);
    LONG.set(hash, 24, fourth);
    return hash;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of a secret one shows nothing, not even its hash. */
  @Override
  public String toString() {
    return "KeyHash[***]";
  }
}
