package dev.tenfold.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Calls for final blocks of the simulated chain, which a gateway answers from memory. */
final class Blocks {
  /** How many blocks a chain has to have beyond those that are asked for, to have them final. */
  static final int NOT_FINAL = 200;

  private static final int MOST_IN_BATCH = 100;

  private Blocks() {}

  static String call(int number) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x"
        + Integer.toHexString(number)
        + "\",false]}";
  }

  /** The first so many blocks, kept by the gateway by now. */
  static List<HttpCall> kept(Side.Server gateway, int count)
      throws IOException, InterruptedException {
    List<HttpCall> calls = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      calls.add(Servers.hit(gateway, call(number)));
    }
    return calls;
  }

  /** Has the first so many blocks kept, a batch at a time, however slow the node is. */
  static void keep(Side.Server gateway, int count) throws IOException, InterruptedException {
    for (int from = 0; from < count; from += MOST_IN_BATCH) {
      Servers.hit(gateway, batch(from, Math.min(MOST_IN_BATCH, count - from)));
    }
  }

  /** One batch of the first so many blocks. */
  static String batch(int count) {
    return batch(0, count);
  }

  private static String batch(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(Blocks::call)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** The call whose reply is as long as the mean of all. */
  static HttpCall mean(List<HttpCall> calls) {
    double mean = meanLength(calls);
    return calls.stream()
        .min(Comparator.comparingDouble(call -> Math.abs(call.bodyLength() - mean)))
        .orElseThrow();
  }

  static double meanLength(List<HttpCall> calls) {
    return calls.stream().mapToInt(HttpCall::bodyLength).average().orElseThrow();
  }
}
