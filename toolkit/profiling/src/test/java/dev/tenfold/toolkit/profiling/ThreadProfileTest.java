package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadProfileTest {
  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void parkedThreadsAreThereWithTheirCountsVirtualOnesToo() throws Exception {
    List<Thread> threads = waiting(500);
    for (int i = 0; i < 7; i++) {
      threads.add(Thread.ofPlatform().daemon().start(this::waitOnAPlatform));
    }
    Profilings.awaitParked(threads);
    try (Profiling profiling = Profilings.open(true)) {
      PprofReader profile = Profilings.read(profiling, "goroutine", "");
      assertThat(profile.types).containsExactly("goroutine/count");
      assertThat(profile.cumulative("goroutine", ".waitVirtually")).isEqualTo(500);
      assertThat(profile.cumulative("goroutine", ".waitOnAPlatform")).isEqualTo(7);
      assertThat(profile.rows).hasSizeLessThan(200);
    } finally {
      end(threads);
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
        of two lines" virtual TIMED_WAITING 2026-11-26T17:43:02.274235520Z
            at a.B.run(B.java:12)

        #23 "" virtual BLOCKED 2026-11-26T17:43:02.274235520Z
            at a.B.lock(B.java:13)
            - waiting to lock <a.Lock@1b9a45b3>

        #14 "Signal Dispatcher" RUNNABLE 2026-11-26T17:43:02.272901258Z
        """;
    List<DumpedThread> threads = new ArrayList<>();
    ThreadDump.parse(new BufferedReader(new StringReader(dump)), threads::add);
    assertThat(threads)
        .containsExactly(
            new DumpedThread(
                stack(
                    new Frame("jdk.internal.misc.Unsafe.park", "", 0),
                    new Frame("a.B$$Lambda/0x00000001.run", "", 0)),
                Thread.State.WAITING,
                false,
                "java.lang.Object"),
            new DumpedThread(
                stack(new Frame("a.B.run", "B.java", 12)), Thread.State.TIMED_WAITING, true, ""),
            new DumpedThread(
                stack(new Frame("a.B.lock", "B.java", 13)), Thread.State.BLOCKED, true, "a.Lock"),
            new DumpedThread(
                stack(new Frame("(no Java frames)", "", 0)), Thread.State.RUNNABLE, false, ""));
  }

  @Test
  void debug1IsATextWithTheLargestStackFirst() throws Exception {
    List<Thread> threads = waiting(300);
    try (Profiling profiling = Profilings.open(true)) {
      String text = Profilings.text(profiling, "goroutine", "debug=1");
      assertThat(text).startsWith("goroutine profile: total 3").contains("\n\n300 @\n#\t");
      String largest = text.substring(0, text.indexOf("\n\n", text.indexOf("300 @")));
      assertThat(largest)
          .contains(".ThreadProfileTest.await\tThreadProfileTest.java:")
          .contains(".ThreadProfileTest.waitVirtually");
    } finally {
      end(threads);
    }
  }

  @Test
  void debug2IsADumpWithNamesAndStates() throws Exception {
    List<Thread> threads = waiting(1);
    Thread named =
        Thread.ofPlatform().name("poll https://node.example/v2/0123456789").start(this::await);
    threads.add(named);
    try (Profiling profiling = Profilings.open(true)) {
      Profilings.awaitParked(threads);
      String text = Profilings.text(profiling, "goroutine", "debug=2");
      assertThat(text)
          .contains("\"poll https://node.example/***\" WAITING")
          .contains("virtual WAITING")
          .contains("- parking to wait for <java.util.concurrent.CountDownLatch$Sync@")
          .doesNotContain("0123456789");
    } finally {
      end(threads);
    }
  }

  @Test
  void aDifferenceHasWhatCameAndWhatWent() throws Exception {
    List<Thread> threads = waiting(50);
    try (Profiling profiling = Profilings.open(true)) {
      CompletableFuture<ProfilingResponse> difference =
          profiling.respond(Profiling.PATH + "goroutine", "seconds=1");
      Profilings.awaitThread("tenfold-profiling-difference", Thread.State.TIMED_WAITING);
      end(threads);
      PprofReader profile = PprofReader.read(difference.get().body());
      assertThat(profile.cumulative("goroutine", ".waitVirtually")).isEqualTo(-50);
      assertThat(profile.durationNanos).isGreaterThanOrEqualTo(1_000_000_000);
      assertThat(profile.rows).noneMatch(row -> row.values().equals(List.of(0L)));
    }
  }

  private static Stack stack(Frame... frames) {
    return new Stack(List.of(frames));
  }

  private List<Thread> waiting(int virtual) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < virtual; i++) {
      threads.add(Thread.ofVirtual().start(this::waitVirtually));
    }
    Profilings.awaitParked(threads);
    return threads;
  }

  private void end(List<Thread> threads) throws InterruptedException {
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void waitVirtually() {
    await();
  }

  private void waitOnAPlatform() {
    await();
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
