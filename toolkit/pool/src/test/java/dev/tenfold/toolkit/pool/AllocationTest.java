package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What the cost that is promised rests on. */
class AllocationTest {

  private static final int ROUNDS = 20_000;

  private static long bytesOf(Runnable action) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ROUNDS; i++) {
      action.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      action.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void takingAndReturningAllocatesNothing() {
    var pool =
        ObjectPool.builder(Thing::new)
            .reset(thing -> thing.content = "")
            .keepIf(thing -> thing.content.isEmpty())
            .maxTotal(100)
            .build();
    assertThat(bytesOf(() -> pool.put(pool.get()))).isLessThan(ROUNDS / 10);
    assertThat(pool.stats().created()).isEqualTo(1);
  }

  @Test
  void buffersAreTakenAndReturnedWithoutAllocation() {
    var pool = BufferPool.builder().build();
    long bytes =
        bytesOf(
            () -> {
              ByteBuffer small = pool.get();
              ByteBuffer large = pool.get(50_000);
              pool.put(large);
              pool.put(small);
            });
    assertThat(bytes).isLessThan(ROUNDS / 10);
    assertThat(pool.stats().created()).isEqualTo(2);
  }

  @Test
  void aLeaseIsOneSmallObject() {
    var pool = ObjectPool.builder(Thing::new).build();
    long bytes =
        bytesOf(
            () -> {
              try (Lease<Thing> lease = pool.lease()) {
                lease.get();
              }
            });
    assertThat(bytes).isLessThanOrEqualTo(ROUNDS * 48L);
  }
}
