package dev.tenfold.toolkit.pool;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps byte buffers, by size: powers of two from a smallest to a largest one. Each size is an
 * {@link ObjectPool}, whose contract holds here too: bounds, ownership, refused returns, leaks,
 * shrinking and threads.
 *
 * {@snippet file="dev/tenfold/toolkit/pool/PoolExampleTest.java" region="buffer"}
 *
 * <p><b>A buffer that is taken</b> has the capacity of the smallest size that is enough, position
 * 0, its limit at its capacity, and big-endian order. What is in it is what its last user left,
 * unless the pool wipes. Larger ones than the largest size are made for the one who asks, with the
 * capacity that was asked for, and discarded on their return; they are counted and checked like the
 * others.
 *
 * <p><b>A buffer that is returned</b> must be the very one that was taken, not a view of it; and
 * views of it, and its array, must not be used any more either, which the pool cannot see.
 *
 * <p><b>Bounds.</b> Idle buffers have at most {@code maxIdleBytes} together. Each size has an equal
 * share of it. Direct buffers that are discarded give their memory back when the collector finds
 * them.
 */
public final class BufferPool implements AutoCloseable {

  private final int smallest;
  private final int largest;
  private final boolean direct;

  /** One for each size, and at the end one for what is larger, which keeps nothing. */
  private final ObjectPool<ByteBuffer>[] pools;

  private BufferPool(Builder options, int sizes) {
    smallest = options.smallest;
    largest = options.largest;
    direct = options.direct;
    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a parameterised type
    ObjectPool<ByteBuffer>[] made = new ObjectPool[sizes + 1];
    for (int i = 0; i < sizes; i++) {
      int size = smallest << i;
      long share = options.maxIdleBytes / sizes / size;
      int maxIdle = (int) Math.min(share, ObjectPoolBuilder.MOST_IDLE);
      made[i] = options.pool(size + " bytes", maxIdle, () -> allocate(size));
    }
    made[sizes] = options.pool("more than " + largest + " bytes", 0, () -> allocate(largest));
    pools = made;
  }

  /** The options of a pool, with their defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Takes a buffer of the smallest size.
   *
   * @throws IllegalStateException if the pool is closed
   */
  public ByteBuffer get() {
    return pools[0].get();
  }

  /**
   * Takes a buffer of at least so many bytes.
   *
   * @throws IllegalArgumentException if {@code bytes} is negative
   * @throws IllegalStateException if the pool is closed
   */
  public ByteBuffer get(int bytes) {
    return bytes > largest
        ? larger().get(() -> allocate(bytes))
        : pools[indexOfSizeFor(bytes)].get();
  }

  /**
   * As {@link #get(int)}, for a try-with-resources statement, which returns the buffer at its end.
   *
   * @throws IllegalArgumentException as {@link #get(int)}
   * @throws IllegalStateException as {@link #get(int)}
   */
  public Lease<ByteBuffer> lease(int bytes) {
    return bytes > largest
        ? larger().lease(() -> allocate(bytes))
        : pools[indexOfSizeFor(bytes)].lease();
  }

  /**
   * Returns a buffer that {@code get} gave. Position, limit, mark and order are as new for the next
   * user, and with {@code wipe} the bytes too.
   *
   * @throws IllegalStateException if it is none that {@code get} gave and that was not returned
   *     since; see {@link ObjectPool#put}
   */
  public void put(ByteBuffer buffer) {
    poolOf(buffer).put(buffer);
  }

  /**
   * Returns a buffer that {@code get} gave, and that is not to be used again, since somebody may
   * still use it.
   *
   * @throws IllegalStateException as {@link #put}
   */
  public void discard(ByteBuffer buffer) {
    poolOf(buffer).discard(buffer);
  }

  /**
   * As {@link ObjectPool#trim}, for all sizes.
   *
   * @return how many buffers were discarded
   */
  public int trim() {
    int trimmed = 0;
    for (ObjectPool<ByteBuffer> pool : pools) {
      trimmed += pool.trim();
    }
    return trimmed;
  }

  /**
   * What happened so far, and what there is, of all sizes together; as {@link ObjectPool#stats}.
   */
  public PoolStats stats() {
    PoolStats sum = PoolStats.NONE;
    for (ObjectPool<ByteBuffer> pool : pools) {
      sum = sum.plus(pool.stats());
    }
    return sum;
  }

  /** As {@link ObjectPool#close}, for all sizes. */
  @Override
  public void close() {
    for (ObjectPool<ByteBuffer> pool : pools) {
      pool.close();
    }
  }

  private ObjectPool<ByteBuffer> larger() {
    return pools[pools.length - 1];
  }

  private ObjectPool<ByteBuffer> poolOf(ByteBuffer buffer) {
    int capacity = buffer.capacity();
    boolean isSize = capacity >= smallest && capacity <= largest && Integer.bitCount(capacity) == 1;
    return isSize ? pools[indexOfSizeFor(capacity)] : larger();
  }

  private int indexOfSizeFor(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a buffer cannot have %d bytes".formatted(bytes));
    }
    return Integer.numberOfLeadingZeros(smallest - 1)
        - Integer.numberOfLeadingZeros(Math.max(bytes, smallest) - 1);
  }

  private ByteBuffer allocate(int bytes) {
    return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
  }

  private static void reset(ByteBuffer buffer) {
    buffer.clear().order(ByteOrder.BIG_ENDIAN);
  }

  private static void wipe(ByteBuffer buffer) {
    reset(buffer);
    MemorySegment.ofBuffer(buffer).fill((byte) 0);
  }

  /** What a {@link BufferPool} is built with. Each pool that it builds is its own. */
  public static final class Builder {
    private static final int LARGEST = 1 << 30;

    private String name = "buffers";
    private int smallest = 1 << 10;
    private int largest = 1 << 16;
    private long maxIdleBytes = 16 << 20;
    private boolean direct;
    private boolean wipe;
    private Duration idleTime = ObjectPoolBuilder.DEFAULT_IDLE_TIME;
    private LongSupplier ticker = System::nanoTime;
    private int trackedOneIn;
    private @Nullable Consumer<? super Throwable> leakListener;

    private Builder() {}

    /** What the pool is called in the log and in exceptions; "buffers" if not. */
    public Builder name(String value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    /** As {@link #sizes}, with one size only. */
    public Builder size(int bytes) {
      return sizes(bytes, bytes);
    }

    /**
     * The smallest and the largest size, in bytes: powers of two from 2 to 2^30. Between them each
     * power of two is a size. From 1 KiB to 64 KiB if not given.
     */
    public Builder sizes(int smallestBytes, int largestBytes) {
      if (!isSize(smallestBytes) || !isSize(largestBytes) || smallestBytes > largestBytes) {
        throw new IllegalArgumentException(
            "sizes must be powers of two, from 2 to 2^30 and the smallest first, not %d and %d"
                .formatted(smallestBytes, largestBytes));
      }
      smallest = smallestBytes;
      largest = largestBytes;
      return this;
    }

    private static boolean isSize(int bytes) {
      return bytes > 1 && bytes <= LARGEST && Integer.bitCount(bytes) == 1;
    }

    /** How many bytes all idle buffers have together, at most; 16 MiB if not given. */
    public Builder maxIdleBytes(long bytes) {
      maxIdleBytes = bytes;
      return this;
    }

    /** Buffers are direct: outside the heap, where the system reads and writes them. */
    public Builder direct() {
      direct = true;
      return this;
    }

    /** Buffers are filled with zeros on their return, so that none shows what another held. */
    public Builder wipe() {
      wipe = true;
      return this;
    }

    /** As {@link ObjectPoolBuilder#idleTime}. */
    public Builder idleTime(Duration time) {
      idleTime = time;
      return this;
    }

    /** As {@link ObjectPoolBuilder#ticker}. */
    public Builder ticker(LongSupplier nanos) {
      ticker = nanos;
      return this;
    }

    /** As {@link ObjectPoolBuilder#trackLeaks}. */
    public Builder trackLeaks(int oneIn) {
      trackedOneIn = oneIn;
      return this;
    }

    /** As {@link ObjectPoolBuilder#onLeak}. */
    public Builder onLeak(Consumer<? super Throwable> listener) {
      leakListener = listener;
      return this;
    }

    /**
     * Builds a pool. It makes its first buffer when one is taken.
     *
     * @throws IllegalStateException if the share of {@code maxIdleBytes} that each size has is less
     *     than a buffer of the largest size
     */
    public BufferPool build() {
      int sizes =
          Integer.numberOfLeadingZeros(smallest) - Integer.numberOfLeadingZeros(largest) + 1;
      if (maxIdleBytes / sizes < largest) {
        throw new IllegalStateException(
            "maxIdleBytes %d is too little for %d sizes up to %d bytes"
                .formatted(maxIdleBytes, sizes, largest));
      }
      return new BufferPool(this, sizes);
    }

    private ObjectPool<ByteBuffer> pool(String size, int maxIdle, Supplier<ByteBuffer> factory) {
      ObjectPoolBuilder<ByteBuffer> pool =
          ObjectPool.builder(factory)
              .name(name + " of " + size)
              .reset(wipe ? BufferPool::wipe : BufferPool::reset)
              .maxIdle(maxIdle)
              .idleTime(idleTime)
              .ticker(ticker)
              .trackLeaks(trackedOneIn);
      return (leakListener == null ? pool : pool.onLeak(leakListener)).build();
    }
  }
}
