package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WaitProfileTest {
  private static final long MILLI = 1_000_000;
  private static final String MONITOR = ".WaitProfileTest.enterMonitor";
  private static final String LOCK = ".WaitProfileTest.takeLock";
  private static final String QUEUE = ".WaitProfileTest.takeFromQueue";
  private static final String OBJECT = ".WaitProfileTest.waitForObject";

  private final Object monitor = new Object();
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
  private final Object object = new Object();
  private boolean isNotified; // guarded by object
  private final List<Thread> threads = new ArrayList<>();
  private final Profiling profiling = Profilings.open(true);

  @BeforeEach
  void begin() throws Exception {
    for (String profile : List.of("mutex", "block")) {
      PprofReader first = Profilings.read(profiling, profile, "");
      assertThat(first.rows)
          .noneMatch(row -> row.functions().toString().contains("WaitProfileTest"));
      assertThat(first.comments)
          .singleElement()
          .asString()
          .contains("waits of 1000 µs and longer", "the recording began with this request");
    }
  }

  @AfterEach
  void close() {
    profiling.close();
  }

  @Test
  void theMonitorThatIsWaitedForLeadsTheMutexes() throws Exception {
    synchronized (monitor) {
      start(20, Thread.ofPlatform().factory(), this::enterMonitor);
      awaitStates(Thread.State.BLOCKED);
      letPass(100);
    }
    join();

    PprofReader mutex = Profilings.read(profiling, "mutex", "");
    assertThat(mutex.types).containsExactly("contentions/count", "delay/nanoseconds");
    assertThat(mutex.defaultType).isEqualTo("delay");
    assertThat(mutex.periodType).isEqualTo("contentions/count");
    assertThat(mutex.period).isEqualTo(1);
    assertThat(mutex.comments).singleElement().asString().contains("since 20");
    assertThat(mutex.leader("delay")).endsWith(MONITOR);
    assertThat(mutex.flat("contentions", MONITOR)).isEqualTo(20);
    assertThat(mutex.flat("delay", MONITOR)).isGreaterThanOrEqualTo(20 * 100 * MILLI);
    assertThat(mutex.rows).anyMatch(row -> "java.lang.Object".equals(row.labels().get("for")));
    assertThat(Profilings.read(profiling, "block", "").flat("contentions", MONITOR)).isEqualTo(20);
  }

  @Test
  void theLockThatIsWaitedForLeadsTheMutexesToo() throws Exception {
    lock.lock();
    try {
      start(20, Thread.ofPlatform().factory(), this::takeLock);
      awaitStates(Thread.State.WAITING);
      letPass(100);
    } finally {
      lock.unlock();
    }
    join();

    PprofReader mutex = Profilings.read(profiling, "mutex", "");
    assertThat(mutex.leadingStack("delay"))
        .startsWith("java.util.concurrent.locks.ReentrantLock.lock")
        .anyMatch(function -> function.endsWith(LOCK));
    assertThat(mutex.cumulative("contentions", LOCK)).isGreaterThanOrEqualTo(20);
    assertThat(mutex.cumulative("delay", LOCK)).isGreaterThanOrEqualTo(20 * 100 * MILLI);
  }

  @Test
  void aThreadThatWaitsForWorkLeadsWhatBlocksAndIsNoMutex() throws Exception {
    start(20, Thread.ofPlatform().factory(), this::takeFromQueue);
    awaitStates(Thread.State.WAITING);
    letPass(100);
    put(20);
    join();

    PprofReader block = Profilings.read(profiling, "block", "");
    assertThat(block.types).containsExactly("contentions/count", "delay/nanoseconds");
    assertThat(block.leadingStack("delay"))
        .startsWith("java.util.concurrent.LinkedBlockingQueue.take")
        .anyMatch(function -> function.endsWith(QUEUE));
    assertThat(block.cumulative("delay", QUEUE)).isGreaterThanOrEqualTo(20 * 100 * MILLI);
    PprofReader mutex = Profilings.read(profiling, "mutex", "");
    assertThat(mutex.cumulative("contentions", QUEUE)).isZero();
  }

  @Test
  void aDifferenceHasOnlyTheWaitsThatEndedMeanwhile() throws Exception {
    start(3, Thread.ofPlatform().factory(), this::takeFromQueue);
    awaitStates(Thread.State.WAITING);
    letPass(20);
    put(3);
    join();
    start(5, Thread.ofPlatform().factory(), this::waitForObject);
    awaitStates(Thread.State.WAITING);

    var difference = profiling.respond(Profiling.PATH + "block", "seconds=1");
    Profilings.awaitThread("tenfold-profiling-difference", Thread.State.TIMED_WAITING);
    letPass(400);
    synchronized (object) {
      isNotified = true;
      object.notifyAll();
    }
    join();

    PprofReader block = PprofReader.read(difference.get().body());
    assertThat(block.durationNanos).isGreaterThanOrEqualTo(1_000_000_000);
    assertThat(block.leadingStack("delay")).anyMatch(function -> function.endsWith(OBJECT));
    assertThat(block.cumulative("contentions", OBJECT)).isPositive();
    assertThat(block.cumulative("contentions", QUEUE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mutex", "block"})
  void virtualThreadsAreSeenWaiting(String profile) throws Exception {
    lock.lock();
    try {
      synchronized (monitor) {
        assertVirtualThreadsAreSeenWaiting(profile);
      }
    } finally {
      lock.unlock();
    }
    put(40);
    join();
  }

  private void assertVirtualThreadsAreSeenWaiting(String profile) throws Exception {
    ThreadFactory factory = Thread.ofVirtual().factory();
    start(20, factory, this::enterMonitor);
    start(30, factory, this::takeLock);
    start(40, factory, this::takeFromQueue);
    awaitStates(Thread.State.BLOCKED, Thread.State.WAITING);
    letPass(200);

    boolean isBlock = profile.equals("block");
    PprofReader waits = Profilings.read(profiling, profile, "");
    assertThat(waits.cumulative("contentions", MONITOR)).isEqualTo(20);
    assertThat(waits.cumulative("contentions", LOCK)).isEqualTo(30);
    assertThat(waits.cumulative("delay", LOCK)).isGreaterThanOrEqualTo(30 * 100 * MILLI);
    assertThat(waits.cumulative("contentions", QUEUE)).isEqualTo(isBlock ? 40 : 0);
    assertThat(waits.leadingStack("delay"))
        .anyMatch(function -> function.endsWith(isBlock ? QUEUE : LOCK));
  }

  @Test
  void whatAnotherRecordingHasOfShorterWaitsIsLeftOut() throws Exception {
    try (Recording other = new Recording()) {
      other.enable("jdk.ThreadPark").withThreshold(Duration.ZERO).withStackTrace();
      other.start();
      start(1, Thread.ofPlatform().factory(), WaitProfileTest::parkBriefly);
      join();
      other.stop();
    }
    PprofReader block = Profilings.read(profiling, "block", "");
    long parks = block.cumulative("contentions", ".WaitProfileTest.parkBriefly");
    assertThat(parks).isLessThan(1_000); // some may have taken longer than they were to
  }

  @Test
  void debug1SaysSinceWhenItIsRecorded() throws Exception {
    synchronized (monitor) {
      start(1, Thread.ofPlatform().factory(), this::enterMonitor);
      awaitStates(Thread.State.BLOCKED);
      letPass(20);
    }
    join();
    assertThat(Profilings.text(profiling, "mutex", "debug=1"))
        .startsWith("--- mutex:\ncycles/second=1000000000\n# waits of 1000 µs and longer; since 20")
        .containsPattern("\n\n[0-9]{8,} 1 @\n# for: java.lang.Object\n#\t.*enterMonitor\t");
  }

  private void enterMonitor() {
    synchronized (monitor) {
      assertThat(monitor).isNotNull();
    }
  }

  private void takeLock() {
    lock.lock();
    try {
      assertThat(lock.isHeldByCurrentThread()).isTrue();
    } finally {
      lock.unlock();
    }
  }

  private void takeFromQueue() {
    try {
      assertThat(queue.take()).isNotNull();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(int count) {
    for (int i = 0; i < count; i++) {
      queue.add(i);
    }
  }

  private void waitForObject() {
    synchronized (object) {
      try {
        while (!isNotified) {
          object.wait();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void parkBriefly() {
    for (int i = 0; i < 2_000; i++) {
      LockSupport.parkNanos(1);
    }
  }

  private void start(int count, ThreadFactory factory, Runnable work) {
    for (int i = 0; i < count; i++) {
      Thread thread = factory.newThread(work);
      threads.add(thread);
      thread.start();
    }
  }

  private void awaitStates(Thread.State... states) {
    while (!threads.stream().allMatch(thread -> List.of(states).contains(thread.getState()))) {
      Thread.onSpinWait();
    }
  }

  private void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  /** The time that is measured here. */
  private static void letPass(long millis) throws InterruptedException {
    assertThat(Profilings.after(Duration.ofMillis(millis)).await()).isTrue();
  }
}
