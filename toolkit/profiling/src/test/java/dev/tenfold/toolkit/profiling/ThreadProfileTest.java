package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadProfileTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final Phaser ready = new Phaser(1);

  @Test
  void parkedThreadsAreThereWithTheirCountsVirtualOnesToo() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      ready.register();
      threads.add(Thread.ofVirtual().start(this::waitVirtually));
    }
    for (int i = 0; i < 7; i++) {
      ready.register();
      threads.add(Thread.ofPlatform().daemon().start(this::waitOnAPlatform));
    }
    ready.arriveAndAwaitAdvance();
    try (Profiling profiling = Profilings.open(true)) {
      awaitParked(threads);
      PprofReader profile = Profilings.read(profiling, "goroutine", "");
      assertThat(profile.types).containsExactly("goroutine/count");
      assertThat(profile.cumulative("goroutine", ".waitVirtually")).isEqualTo(500);
      assertThat(profile.cumulative("goroutine", ".waitOnAPlatform")).isEqualTo(7);
      assertThat(profile.rows).hasSizeLessThan(200);
    } finally {
      end.countDown();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void aDumpIsReadAsTheJdkWritesIt() throws Exception {
    String dump =
        """
        31854
        2026-11-26T17:43:02.253479806Z

        #26 "p" WAITING 2026-11-26T17:43:02.274025088Z
            at java.base/jdk.internal.misc.Unsafe.park(Native Method)
            - parking to wait for <java.lang.Object@3b9a45b3>
            at app//a.B$$Lambda/0x00000001.run(Unknown Source)

        #22 "a "name"
        of two lines" virtual WAITING 2026-11-26T17:43:02.274235520Z
            at a.B.run(B.java:12)

        #14 "Signal Dispatcher" RUNNABLE 2026-11-26T17:43:02.272901258Z
        """;
    Map<Sample, long[]> threads = ThreadStacks.parse(new BufferedReader(new StringReader(dump)));
    assertThat(threads.keySet().stream().map(sample -> sample.stack().frames()))
        .containsExactlyInAnyOrder(
            List.of(
                new Frame("jdk.internal.misc.Unsafe.park", "", 0),
                new Frame("a.B$$Lambda/0x00000001.run", "", 0)),
            List.of(new Frame("a.B.run", "B.java", 12)),
            List.of(new Frame("(no Java frames)", "", 0)));
  }

  private void waitVirtually() {
    await();
  }

  private void waitOnAPlatform() {
    await();
  }

  private void await() {
    ready.arriveAndDeregister();
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitParked(List<Thread> threads) {
    while (threads.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
  }
}
