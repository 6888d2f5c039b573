package dev.tenfold.toolkit.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ShelfTest {

  private static final class Thing {
    final AtomicInteger users = new AtomicInteger();
  }

  @Test
  void whatWasPutBackIsTakenAgainByTheSameThread() {
    Shelf<Object> shelf = new Shelf<>(2, Object::new);
    Object first = shelf.take();
    shelf.putBack(first);

    assertThat(shelf.take()).isSameAs(first);
    assertThat(shelf.take()).isNotSameAs(first);
  }

  @Test
  void itHoldsAboutTwoForEachProcessorAndNoMoreThan256() {
    assertThat(new Shelf<>(1, Object::new).capacity()).isEqualTo(4);
    assertThat(new Shelf<>(4, Object::new).capacity()).isEqualTo(8);
    assertThat(new Shelf<>(6, Object::new).capacity()).isEqualTo(16);
    assertThat(new Shelf<>(1_000, Object::new).capacity()).isEqualTo(256);
  }

  @Test
  void whatFindsNoRoomIsLetGo() {
    AtomicInteger made = new AtomicInteger();
    Shelf<Object> counted =
        new Shelf<>(
            2,
            () -> {
              made.incrementAndGet();
              return new Object();
            });
    for (int i = 0; i < 100; i++) {
      counted.putBack(new Object());
    }
    Set<Object> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 100; i++) {
      taken.add(counted.take());
    }

    assertThat(taken).hasSize(100);
    assertThat(made.get()).isEqualTo(100 - counted.capacity());
  }

  @Test
  void twoThreadsNeverHaveTheSameThing() throws InterruptedException, ExecutionException {
    AtomicInteger made = new AtomicInteger();
    Shelf<Thing> shelf =
        new Shelf<>(
            2,
            () -> {
              made.incrementAndGet();
              return new Thing();
            });
    List<Future<Integer>> clashes = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < 200; t++) {
        clashes.add(executor.submit(() -> clashes(shelf)));
      }
    }

    for (Future<Integer> result : clashes) {
      assertThat(result.get()).isZero();
    }
    assertThat(made.get()).as("most were used again").isLessThan(200 * 1_000 / 2);
  }

  private static int clashes(Shelf<Thing> shelf) {
    int clashes = 0;
    for (int i = 0; i < 1_000; i++) {
      Thing thing = shelf.take();
      clashes += thing.users.incrementAndGet() == 1 ? 0 : 1;
      thing.users.decrementAndGet();
      shelf.putBack(thing);
    }
    return clashes;
  }
}
