package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.testkit.CapturedLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BufferPoolTest {

  private final BufferPool pool = BufferPool.builder().sizes(1_024, 8_192).build();

  @Test
  void aPoolOf1KibHasBuffersOf1Kib() {
    var oneKib = BufferPool.builder().size(1_024).build();
    ByteBuffer buffer = oneKib.get();
    assertThat(buffer.capacity()).isEqualTo(1_024);
    oneKib.put(buffer);
    assertThat(oneKib.get()).isSameAs(buffer);
  }

  @Test
  void theSmallestSizeThatIsEnoughIsGiven() {
    int[][] askedAndGiven = {
      {0, 1_024},
      {1, 1_024},
      {1_023, 1_024},
      {1_024, 1_024},
      {1_025, 2_048},
      {2_048, 2_048},
      {2_049, 4_096},
      {4_097, 8_192},
      {8_192, 8_192}
    };
    for (int[] bytes : askedAndGiven) {
      ByteBuffer buffer = pool.get(bytes[0]);
      assertThat(buffer.capacity()).as("for %d", bytes[0]).isEqualTo(bytes[1]);
      pool.put(buffer);
      try (var lease = pool.lease(bytes[0])) {
        assertThat(lease.get()).isSameAs(buffer);
      }
    }
    assertThat(pool.get().capacity()).isEqualTo(1_024);
    assertThat(pool.stats().created()).isEqualTo(4);
  }

  @Test
  void aLargerOneIsMadeToMeasureAndNotKept() {
    ByteBuffer buffer = pool.get(8_193);
    assertThat(buffer.capacity()).isEqualTo(8_193);
    pool.put(buffer);
    assertThat(pool.stats()).isEqualTo(new PoolStats(1, 1, 1, 1, 0, 0, 0, 0, 0));
    assertThatThrownBy(() -> pool.put(buffer)).isInstanceOf(IllegalStateException.class);

    Lease<ByteBuffer> lease = pool.lease(16_384);
    assertThat(lease.get().capacity()).isEqualTo(16_384);
    assertThatThrownBy(() -> pool.put(lease.get())).hasMessageContaining("leased");
    lease.close();
    assertThat(pool.stats().idle()).isZero();
  }

  @Test
  void aNegativeSizeIsRefused() {
    assertThatThrownBy(() -> pool.get(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a buffer cannot have -1 bytes");
    assertThatThrownBy(() -> pool.lease(Integer.MIN_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReturnedBufferIsAsNewButForItsBytes() {
    ByteBuffer buffer = pool.get(1_024);
    buffer.order(ByteOrder.LITTLE_ENDIAN).putInt(42).mark().putInt(43).limit(10);
    pool.put(buffer);
    ByteBuffer again = pool.get(1_024);
    assertThat(again).isSameAs(buffer);
    assertThat(again.position()).isZero();
    assertThat(again.limit()).isEqualTo(1_024);
    assertThat(again.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(again.get(0)).isEqualTo((byte) 42);
    assertThatThrownBy(again::reset).isInstanceOf(java.nio.InvalidMarkException.class);
  }

  @Test
  void aPoolThatWipesShowsNobodyWhatAnotherHeld() {
    for (var options : List.of(BufferPool.builder(), BufferPool.builder().direct())) {
      var wiping = options.size(64).wipe().build();
      ByteBuffer buffer = wiping.get();
      while (buffer.hasRemaining()) {
        buffer.put((byte) 7);
      }
      buffer.position(60);
      wiping.put(buffer);
      ByteBuffer again = wiping.get();
      assertThat(again).isSameAs(buffer).isEqualTo(ByteBuffer.allocate(64));
    }
  }

  @Test
  void buffersAreOnTheHeapUnlessAskedOtherwise() {
    assertThat(pool.get().isDirect()).isFalse();
    var direct = BufferPool.builder().direct().build();
    assertThat(direct.get().isDirect()).isTrue();
    assertThat(direct.get(1 << 20).isDirect()).isTrue();
  }

  @Test
  void viewsAndForeignBuffersAreRefused() {
    ByteBuffer buffer = pool.get();
    for (ByteBuffer foreign :
        List.of(
            buffer.duplicate(),
            buffer.slice(),
            ByteBuffer.allocate(0),
            ByteBuffer.allocate(1),
            ByteBuffer.allocate(512),
            ByteBuffer.allocate(1_024),
            ByteBuffer.allocate(8_192),
            ByteBuffer.allocate(9_000),
            ByteBuffer.allocate(1 << 20))) {
      assertThatThrownBy(() -> pool.put(foreign))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("none of the pool's");
    }
    assertThat(pool.stats().badReturns()).isEqualTo(9);
    pool.put(buffer);
    assertThatThrownBy(() -> pool.put(buffer))
        .hasMessage("pool buffers of 1024 bytes: this object was returned already");
  }

  @Test
  void idleBuffersHaveNoMoreThanTheirShareOfTheBytes() {
    var small = BufferPool.builder().sizes(1_024, 2_048).maxIdleBytes(8_192).build();
    List<ByteBuffer> taken = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      taken.add(small.get(1_024));
      taken.add(small.get(2_048));
    }
    taken.forEach(small::put);
    assertThat(small.stats().idle()).isEqualTo(4 + 2);
  }

  @Test
  void idleBuffersOfAllSizesAreTrimmed() {
    var now = new AtomicLong();
    var shrinking = BufferPool.builder().idleTime(Duration.ofSeconds(10)).ticker(now::get).build();
    shrinking.put(shrinking.get(1_024));
    shrinking.put(shrinking.get(65_536));
    now.addAndGet(10_000_000_000L);
    assertThat(shrinking.trim()).isZero();
    now.addAndGet(10_000_000_000L);
    assertThat(shrinking.trim()).isEqualTo(2);
  }

  @Test
  void aDiscardedBufferIsNotKept() {
    ByteBuffer buffer = pool.get();
    pool.discard(buffer);
    assertThat(pool.get()).isNotSameAs(buffer);
  }

  @Test
  void aClosedPoolGivesNothingAndTakesBackWhatWasInUse() {
    ByteBuffer buffer = pool.get();
    pool.put(pool.get(8_192));
    pool.close();
    assertThatThrownBy(pool::get).hasMessage("pool buffers of 1024 bytes is closed");
    assertThatThrownBy(() -> pool.get(8_193))
        .hasMessage("pool buffers of more than 8192 bytes is closed");
    pool.put(buffer);
    assertThat(pool.stats().idle()).isZero();
  }

  @Test
  void leakedBuffersTellWhereTheyWereTaken() {
    List<Throwable> told = new ArrayList<>();
    var tracking = BufferPool.builder().name("frames").trackLeaks(1).onLeak(told::add).build();
    try (var log = new CapturedLog("dev.tenfold.toolkit.pool")) {
      takeAndForget(tracking);
      while (told.isEmpty()) {
        System.gc();
        tracking.trim();
      }
      assertThat(log.messages())
          .containsExactly("pool frames of 1024 bytes: an object was taken and never returned");
    }
  }

  private static void takeAndForget(BufferPool pool) {
    pool.get();
  }

  @Test
  void optionsThatMakeNoSenseAreRefusedWithTheirValue() {
    int[][] wrong = {{1, 2}, {0, 1_024}, {1_000, 1_024}, {1_024, 1_025}, {2_048, 1_024}, {-2, 2}};
    for (int[] sizes : wrong) {
      assertThatThrownBy(() -> BufferPool.builder().sizes(sizes[0], sizes[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("not %d and %d".formatted(sizes[0], sizes[1]));
    }
    assertThatThrownBy(() -> BufferPool.builder().maxIdleBytes(7 * 65_536 - 1).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("maxIdleBytes 458751 is too little for 7 sizes up to 65536 bytes");
    assertThat(BufferPool.builder().maxIdleBytes(7 * 65_536).build().get().capacity())
        .isEqualTo(1_024);
    assertThat(BufferPool.builder().sizes(2, 1 << 30).maxIdleBytes(1L << 40).build().get(2))
        .isNotNull();
  }
}
