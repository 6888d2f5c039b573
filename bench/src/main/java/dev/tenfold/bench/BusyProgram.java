package dev.tenfold.bench;

import com.sun.net.httpserver.HttpServer;
import dev.tenfold.toolkit.profiling.Profiling;
import dev.tenfold.toolkit.profiling.ProfilingHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A program that computes, allocates and takes locks as fast as it can, with its profiles on a
 * port. It counts what it has done. Its other threads wait, as those of most programs do.
 */
final class BusyProgram {
  /** Where it tells how many operations it has done. */
  static final String OPERATIONS = "/operations";

  static final int WORKERS = Runtime.getRuntime().availableProcessors();
  static final int SHORT_WAITERS = 8;
  static final int PLATFORM_WAITERS = 50;
  static final int VIRTUAL_WAITERS = 1_000;

  private static final int KEPT = 4_096;
  private static final int WORDS = 128;
  private static final int OPERATIONS_A_LOCK = 16;
  private static final long SHORT_WAIT_NANOS = 2_000_000;

  private final LongAdder operations = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Object monitor = new Object();
  private final CountDownLatch never = new CountDownLatch(1);
  private long underLock; // guarded by lock
  private long underMonitor; // guarded by monitor

  private BusyProgram() {}

  public static void main(String[] arguments) throws IOException {
    BusyProgram program = new BusyProgram();
    program.start();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(Profiling.PATH, new ProfilingHandler(Profiling.open()));
    server.createContext(
        OPERATIONS,
        http -> {
          byte[] count =
              Long.toString(program.operations.sum()).getBytes(StandardCharsets.US_ASCII);
          http.sendResponseHeaders(200, count.length);
          http.getResponseBody().write(count);
          http.close();
        });
    server.start();
    System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void start() {
    for (int i = 0; i < WORKERS; i++) {
      daemon("worker-" + i, this::work);
    }
    for (int i = 0; i < SHORT_WAITERS; i++) {
      daemon("short-waiter-" + i, BusyProgram::waitShortly);
    }
    for (int i = 0; i < PLATFORM_WAITERS; i++) {
      daemon("waiter-" + i, this::waitForever);
    }
    for (int i = 0; i < VIRTUAL_WAITERS; i++) {
      Thread.ofVirtual().start(this::waitForever);
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread.ofPlatform().daemon().name(name).start(work);
  }

  private void work() {
    long[][] kept = new long[KEPT][WORDS];
    long hash = Thread.currentThread().threadId();
    for (int i = 0; ; i++) {
      long[] words = new long[WORDS];
      for (int word = 0; word < WORDS; word++) {
        hash = hash * 6_364_136_223_846_793_005L + word;
        words[word] = hash;
      }
      int place = i & (KEPT - 1);
      hash ^= kept[place][0];
      kept[place] = words;
      if (i % OPERATIONS_A_LOCK == 0) {
        hash ^= share(hash, i);
      }
      operations.increment();
    }
  }

  private long share(long hash, int i) {
    if (i % (2 * OPERATIONS_A_LOCK) == 0) {
      synchronized (monitor) {
        underMonitor += hash;
        return underMonitor;
      }
    }
    lock.lock();
    try {
      underLock += hash;
      return underLock;
    } finally {
      lock.unlock();
    }
  }

  private static void waitShortly() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(SHORT_WAIT_NANOS);
    }
  }

  private void waitForever() {
    try {
      never.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
