package dev.tenfold.toolkit.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of docs/toolkit/cache.md. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CacheExampleTest {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Executor executor = tasks::add;
  private int asked;

  private byte[] ask(String key) {
    asked++;
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a key has at least one letter");
    }
    return ("answer to " + key).getBytes(US_ASCII);
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  // @start region=example
  private final MemoryCache<String, byte[]> cache =
      MemoryCache.<String, byte[]>builder()
          .maximumBytes(64L << 20)
          .sizeOf((key, value) -> key.length() + value.length)
          .build();
  private final SingleFlight<String, byte[]> flights = new SingleFlight<>();

  CompletableFuture<byte[]> answer(String key) {
    byte[] known = cache.get(key);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    Answer answer = new Answer();
    flights.join(
        key,
        answer,
        flight -> {
          CompletableFuture<Void> call =
              CompletableFuture.runAsync(() -> load(key, flight), executor);
          return () -> call.cancel(true);
        });
    return answer.future;
  }

  private void load(String key, SingleFlight.Flight<byte[]> flight) {
    try {
      byte[] value = ask(key);
      cache.put(key, value, Duration.ofMinutes(5)); // before it lands: who comes later finds it
      flight.land(value);
    } catch (RuntimeException e) {
      flight.fail(e);
    }
  }

  private static final class Answer implements SingleFlight.Waiter<byte[]> {
    final CompletableFuture<byte[]> future = new CompletableFuture<>();

    @Override
    public void landed(byte[] value) {
      future.complete(value);
    }

    @Override
    public void failed(Throwable cause) {
      future.completeExceptionally(cause);
    }
  }

  // @end region=example

  @Test
  void threeWhoAskAtTheSameTimeAndOneWhoAsksLaterCostOneCall() {
    CompletableFuture<byte[]> first = answer("a");
    CompletableFuture<byte[]> second = answer("a");
    CompletableFuture<byte[]> third = answer("a");
    runTasks();
    CompletableFuture<byte[]> later = answer("a");

    assertThat(asked).isEqualTo(1);
    assertThat(first.join()).asString(US_ASCII).isEqualTo("answer to a");
    assertThat(second.join()).isSameAs(first.join());
    assertThat(third.join()).isSameAs(first.join());
    assertThat(later.join()).isSameAs(first.join());
  }

  @Test
  void aFailureIsToldToAllWhoWaitAndNotKept() {
    CompletableFuture<byte[]> first = answer("");
    CompletableFuture<byte[]> second = answer("");
    runTasks();

    assertThatThrownBy(first::join).hasMessageContaining("at least one letter");
    assertThatThrownBy(second::join).hasMessageContaining("at least one letter");
    assertThat(cache.size()).isZero();
    assertThat(flights.inFlight()).isZero();
  }
}
