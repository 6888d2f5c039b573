package consumer.batching;

import dev.tenfold.toolkit.batching.BatchWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    AtomicInteger written = new AtomicInteger();
    AtomicInteger rejected = new AtomicInteger();
    BatchWriter<String> writer =
        BatchWriter.<String>builder(batch -> written.addAndGet(batch.size()))
            .retryable(failure -> false)
            .onRejected((row, cause) -> rejected.incrementAndGet())
            .batchItems(100)
            .build();
    for (int i = 0; i < 250; i++) {
      writer.add("row " + i, Duration.ofSeconds(10));
    }
    writer.flush().join();
    int left = writer.close(Duration.ofSeconds(10)).all().size();

    System.out.printf(
        "batching in %s: %d rows written, %d rejected, %d left%n",
        BatchWriter.class.getModule(), written.get(), rejected.get(), left);
  }
}
