package dev.tenfold.demo.steps;

import dev.tenfold.toolkit.cache.MemoryCache;
import dev.tenfold.toolkit.cache.SingleFlight;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/** What the node said is kept, and equal questions at the same time are one call. */
final class RememberedChain implements Chain {
  private static final long BYTES = 8 << 20;
  private static final Duration BALANCE_LIFE = Duration.ofSeconds(1);

  /** About what a block's facts take, the largest of the three. */
  private static final int FACTS_BYTES = 160;

  private final Chain chain;
  private final SingleFlight<Key, Facts> flights = new SingleFlight<>();
  private final MemoryCache<Key, Facts> cache;

  private record Key(Lookup lookup, String subject) {}

  /**
   * Stands before another chain.
   *
   * @param nanoTime by which balances age
   */
  RememberedChain(Chain chain, LongSupplier nanoTime) {
    this.chain = chain;
    cache =
        MemoryCache.<Key, Facts>builder()
            .maximumBytes(BYTES)
            .sizeOf((key, facts) -> key.subject.length() + FACTS_BYTES)
            .ticker(nanoTime)
            .build();
  }

  @Override
  public Facts ask(Lookup lookup, String subject, Format format) throws IOException {
    Key key = new Key(lookup, subject);
    Facts known = cache.get(key);
    return known == null ? join(key, format) : known;
  }

  /** The first to ask does so on its own thread; the others wait for it. */
  private Facts join(Key key, Format format) throws IOException {
    CompletableFuture<Facts> told = new CompletableFuture<>();
    flights.join(
        key,
        new SingleFlight.Waiter<>() {
          @Override
          public void landed(Facts facts) {
            told.complete(facts);
          }

          @Override
          public void failed(Throwable cause) {
            told.completeExceptionally(cause);
          }
        },
        flight -> {
          try {
            flight.land(load(key, format));
          } catch (IOException e) {
            flight.fail(e);
          }
          return () -> {};
        });
    try {
      return told.get();
    } catch (ExecutionException e) {
      throw new IOException("the call for it failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Facts load(Key key, Format format) throws IOException {
    Facts landedMeanwhile = cache.get(key);
    if (landedMeanwhile != null) {
      return landedMeanwhile;
    }
    Facts facts = chain.ask(key.lookup, key.subject, format);
    if (key.lookup.changes()) {
      cache.put(key, facts, BALANCE_LIFE);
    } else {
      cache.put(key, facts);
    }
    return facts;
  }
}
