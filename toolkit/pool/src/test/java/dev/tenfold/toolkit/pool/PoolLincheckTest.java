package dev.tenfold.toolkit.pool;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Model checking of a whole pool: two threads in the orders that Lincheck tries. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PoolLincheckTest {

  private static final int INVOCATIONS = 60;

  private static final class Item {}

  private static ObjectPool<Item> pool(int idle, List<Item> discarded) {
    var pool = ObjectPool.builder(Item::new).maxIdle(3).onDiscard(discarded::add).build();
    Item[] taken = new Item[idle];
    for (int i = 0; i < idle; i++) {
      taken[i] = pool.get();
    }
    for (Item thing : taken) {
      pool.put(thing);
    }
    return pool;
  }

  private static void together(Runnable first, Runnable second) {
    Thread other = new Thread(second);
    other.start();
    first.run();
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // AssertJ does not work under Lincheck, which compares what it sees by equals().
  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  @Test
  void whoTakesWhileOthersTakeAndReturnGetsAnObjectOfHisOwn() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          var pool = pool(2, new CopyOnWriteArrayList<>());
          Item[] mine = new Item[1];
          together(
              () -> mine[0] = pool.get(),
              () -> {
                Item first = pool.get();
                Item second = pool.get();
                pool.put(first);
                pool.put(second);
              });
          Item first = pool.get();
          Item second = pool.get();
          check(pool.stats().inUse() == 3, "an object is lost");
          check(first != second && first != mine[0] && second != mine[0], "one object, two owners");
        });
  }

  @Test
  void whatIsReturnedWhileThePoolIsClosedIsDiscarded() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          List<Item> discarded = new CopyOnWriteArrayList<>();
          var pool = pool(1, discarded);
          Item thing = pool.get();
          together(() -> pool.put(thing), pool::close);
          check(discarded.size() == 1 && pool.stats().idle() == 0, "it was kept, or told twice");
        });
  }
}
