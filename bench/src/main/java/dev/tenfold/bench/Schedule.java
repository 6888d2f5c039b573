package dev.tenfold.bench;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** What is asked, in which order. Used by one thread. */
interface Schedule {
  /** The next request; its bytes are valid until the one after it is asked for. */
  Planned next();

  /** A request, and how its reply is judged. */
  record Planned(ByteBuffer request, ReplyCheck check) {
    static Planned of(HttpCall call) {
      return new Planned(direct(call.request()), ReplyCheck.exactly(call.reply()));
    }

    /** For a server whose head differs from reply to reply, as with a Date. */
    static Planned ofBody(HttpCall call) {
      return new Planned(direct(call.request()), ReplyCheck.ok(call.body()));
    }
  }

  /** The same call over and over. */
  static Schedule same(Planned planned) {
    return () -> planned;
  }

  /** Many calls, each as likely as the others. */
  static Schedule uniform(List<HttpCall> calls, Random random) {
    return inOrder(calls, random.ints(DRAWS, 0, calls.size()).toArray());
  }

  /** Many calls, the k-th of them drawn with a weight of 1/k (Zipf's law with exponent 1). */
  static Schedule zipf(List<HttpCall> calls, Random random) {
    return inOrder(calls, Zipf.draw(calls.size(), DRAWS, random));
  }

  /** How many draws are made beforehand; then they come again. */
  int DRAWS = 1 << 18;

  private static Schedule inOrder(List<HttpCall> calls, int[] order) {
    List<Planned> planned = calls.stream().map(Planned::of).toList();
    return new Schedule() {
      private int at;

      @Override
      public Planned next() {
        at = (at + 1) % order.length;
        return planned.get(order[at]);
      }
    };
  }

  static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
