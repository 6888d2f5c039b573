package dev.tenfold.demo.steps;

import dev.tenfold.toolkit.pool.ObjectPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads streams to their end. */
interface Buffers extends AutoCloseable {
  /** How large a buffer is: most of what is read fits in one. */
  int BYTES = 64 * 1024;

  /** How many buffers a pool keeps: 4 MiB of them. */
  int MOST_IDLE = 64;

  /** All that a stream has. */
  byte[] readAll(InputStream in) throws IOException;

  @Override
  void close();

  /** As on a first day: a new buffer for each stream. */
  static Buffers fresh() {
    return new Buffers() {
      @Override
      public byte[] readAll(InputStream in) throws IOException {
        return Buffers.read(in, new byte[BYTES]);
      }

      @Override
      public void close() {}
    };
  }

  /** Buffers that are used again. */
  static Buffers pooled() {
    ObjectPool<byte[]> pool =
        ObjectPool.builder(() -> new byte[BYTES]).name("buffers").maxIdle(MOST_IDLE).build();
    return new Buffers() {
      @Override
      public byte[] readAll(InputStream in) throws IOException {
        byte[] buffer = pool.get();
        try {
          return Buffers.read(in, buffer);
        } finally {
          pool.put(buffer);
        }
      }

      @Override
      public void close() {
        pool.close();
      }
    };
  }

  private static byte[] read(InputStream in, byte[] buffer) throws IOException {
    int count = in.readNBytes(buffer, 0, buffer.length);
    if (count < buffer.length) {
      return Arrays.copyOf(buffer, count);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(2 * buffer.length);
    while (count > 0) {
      all.write(buffer, 0, count);
      count = in.readNBytes(buffer, 0, buffer.length);
    }
    return all.toByteArray();
  }
}
