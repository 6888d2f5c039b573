package dev.tenfold.simnode;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The few values that the Solidity contract ABI encodes here. */
final class Abi {
  private static final String ERROR = "0x08c379a0"; // Error(string)

  private Abi() {}

  /** A tuple of one string. */
  static String string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String digits = Hex.data(bytes).substring(2);
    int padding = (64 - digits.length() % 64) % 64;
    return Hex.word(BigInteger.valueOf(32))
        + Hex.word(BigInteger.valueOf(bytes.length)).substring(2)
        + digits
        + "0".repeat(padding);
  }

  /** The data of a revert with a reason. */
  static String error(String reason) {
    return ERROR + string(reason).substring(2);
  }
}
