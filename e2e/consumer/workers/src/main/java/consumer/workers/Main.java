package consumer.workers;

import dev.tenfold.toolkit.workers.WorkerPool;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    AtomicInteger run = new AtomicInteger();
    WorkerPool pool = WorkerPool.builder().name("mail").workers(4).queueCapacity(100).start();
    for (int i = 0; i < 100; i++) {
      pool.submit(run::incrementAndGet, Duration.ofSeconds(10));
    }
    int notRun = pool.stop(Duration.ofSeconds(10)).size();

    System.out.printf(
        "workers in %s: %d jobs run, %d not%n", WorkerPool.class.getModule(), run.get(), notRun);
  }
}
