package dev.tenfold.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A result of {@code eth_getLogs} of any length, each log another, none of them held. */
public final class Logs {
  private static final String DATA = "ab".repeat(460);

  private Logs() {}

  /** Takes bytes one piece after the other. */
  @FunctionalInterface
  public interface Sink {
    void write(byte[] bytes) throws IOException;
  }

  /** As many logs as make 50 MB. */
  public static int fiftyMegabytes() {
    return 50_000_000 / log(0).length + 1;
  }

  /** The length of the result with so many logs, at least one. */
  public static long length(int count) {
    return 1L + (long) count * log(0).length;
  }

  /** Writes the result: an array, which the comma or bracket before each log opens. */
  public static void write(int count, Sink sink) throws IOException {
    for (int i = 0; i < count; i++) {
      sink.write(log(i));
    }
    sink.write(new byte[] {']'});
  }

  private static byte[] log(int number) {
    return "%s{\"logIndex\":\"0x%08x\",\"data\":\"0x%s\",\"removed\":false}"
        .formatted(number == 0 ? "[" : ",", number, DATA)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
