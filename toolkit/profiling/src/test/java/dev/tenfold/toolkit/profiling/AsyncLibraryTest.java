package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AsyncLibraryTest {
  private static final int TIMES = 200;

  private final CyclicBarrier both = new CyclicBarrier(2);
  @TempDir Path folder;

  @Test
  void commandsToTwoCopiesAtOnceAreNotMixedUp() throws Exception {
    AsyncLibrary heap = AsyncLibrary.of(AsyncLibrary.Use.HEAP, folder);
    AsyncLibrary time = AsyncLibrary.of(AsyncLibrary.Use.TIME, folder);
    CompletableFuture<Integer> failures =
        CompletableFuture.supplyAsync(() -> failures(heap, "event=alloc,alloc=1m", "heap.jfr"));
    assertThat(failures(time, "event=wall,signal=41,interval=1s", "time.jfr")).isZero();
    assertThat(failures.get()).isZero();
  }

  private int failures(AsyncLibrary library, String events, String name) {
    Path file = folder.resolve(name);
    int failures = 0;
    for (int i = 0; i < TIMES; i++) {
      try {
        both.await();
        library.execute(
            "start,%s,jstackdepth=128,memlimit=32m,jfr,file=%s".formatted(events, file));
        library.execute("stop");
        Files.delete(file);
      } catch (IOException _) {
        failures++;
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    }
    return failures;
  }
}
