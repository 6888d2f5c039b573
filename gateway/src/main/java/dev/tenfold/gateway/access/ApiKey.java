package dev.tenfold.gateway.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * An API key as its owner holds it: {@code tenfold_}, 160 random bits in 27 letters and digits, and
 * a checksum in 6. The beginning lets a leaked key be searched for; the checksum tells a mistyped
 * one without a look-up. It is shown once; what is stored is its {@link KeyHash}.
 *
 * <p>The text is a secret: it belongs in no log, metric or error, and {@link #toString} has none of
 * it. Immutable.
 */
public final class ApiKey {
  /** How each key begins. */
  public static final String PREFIX = "tenfold_";

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_BYTES = 20;
  private static final int RANDOM_DIGITS = 27;
  private static final int CHECK_DIGITS = 6;
  private static final int LENGTH = PREFIX.length() + RANDOM_DIGITS + CHECK_DIGITS;
  private static final int HINT_LENGTH = 4;

  private final String text;

  private ApiKey(String text) {
    this.text = text;
  }

  /** A new key. */
  public static ApiKey random(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String body = PREFIX + digits(new BigInteger(1, bytes), RANDOM_DIGITS);
    return new ApiKey(body + checksum(body));
  }

  /** True if a text says that it is one of our keys, well formed or not. */
  public static boolean isMarked(String text) {
    return text.startsWith(PREFIX);
  }

  /** True if a text has the form of our keys and its checksum is right. */
  public static boolean isWellFormed(String text) {
    if (text.length() != LENGTH || !isMarked(text)) {
      return false;
    }
    String body = text.substring(0, LENGTH - CHECK_DIGITS);
    return text.endsWith(checksum(body));
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return digits(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
  }

  private static String digits(BigInteger number, int count) {
    StringBuilder text = new StringBuilder();
    BigInteger base = BigInteger.valueOf(DIGITS.length());
    BigInteger rest = number;
    for (int i = 0; i < count; i++) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      text.append(DIGITS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return text.reverse().toString();
  }

  /** The secret itself, to be shown to its owner once. */
  public String secret() {
    return text;
  }

  /** What it is stored and found by. */
  public KeyHash hash() {
    return KeyHash.of(text);
  }

  /** Its last four characters, by which people tell their keys apart. */
  public String hint() {
    return text.substring(text.length() - HINT_LENGTH);
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
