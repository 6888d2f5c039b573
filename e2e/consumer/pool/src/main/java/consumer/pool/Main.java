package consumer.pool;

import dev.tenfold.toolkit.pool.BufferPool;
import dev.tenfold.toolkit.pool.Lease;
import dev.tenfold.toolkit.pool.ObjectPool;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    try (ObjectPool<Deflater> deflaters =
            ObjectPool.builder(Deflater::new)
                .reset(Deflater::reset)
                .onDiscard(Deflater::end)
                .build();
        BufferPool buffers = BufferPool.builder().sizes(1_024, 65_536).build()) {
      for (int i = 0; i < 100; i++) {
        try (Lease<Deflater> lease = deflaters.lease()) {
          lease.get().finish();
        }
      }
      ByteBuffer buffer = buffers.get(20_000);
      int capacity = buffer.capacity();
      buffers.put(buffer);

      System.out.printf(
          "pool in %s: %d taken, %d created, a buffer of %d bytes%n",
          ObjectPool.class.getModule(),
          deflaters.stats().taken(),
          deflaters.stats().created(),
          capacity);
    }
  }
}
