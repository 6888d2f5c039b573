package dev.tenfold.toolkit.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/** The examples of docs/toolkit/pool.md. */
class PoolExampleTest {

  // @start region=object
  private final ObjectPool<Deflater> deflaters =
      ObjectPool.builder(Deflater::new)
          .name("deflaters")
          .reset(Deflater::reset)
          .onDiscard(Deflater::end)
          .maxIdle(32)
          .build();

  byte[] compressed(byte[] text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (Lease<Deflater> lease = deflaters.lease();
        var stream = new DeflaterOutputStream(out, lease.get())) {
      stream.write(text);
    }
    return out.toByteArray();
  }

  // @end region=object

  // @start region=buffer
  private final BufferPool buffers = BufferPool.builder().sizes(1_024, 65_536).direct().build();

  void copy(ReadableByteChannel from, WritableByteChannel to) throws IOException {
    ByteBuffer buffer = buffers.get(20_000); // one of 32,768 bytes
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } finally {
      buffers.put(buffer);
    }
  }

  // @end region=buffer

  @Test
  void manyTextsAreCompressedByOneDeflater() throws IOException {
    for (int i = 0; i < 10; i++) {
      byte[] text = ("text " + i).repeat(1_000).getBytes(US_ASCII);
      byte[] compressed = compressed(text);
      assertThat(compressed).hasSizeLessThan(text.length / 10);
      assertThat(new InflaterInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
          .isEqualTo(text);
    }
    assertThat(deflaters.stats()).isEqualTo(new PoolStats(10, 10, 1, 0, 0, 0, 0, 1, 0));
    deflaters.close();
    assertThat(deflaters.stats().discarded()).isEqualTo(1);
  }

  @Test
  void manyCopiesAreMadeWithOneBuffer() throws IOException {
    byte[] content = "content ".repeat(10_000).getBytes(US_ASCII);
    for (int i = 0; i < 10; i++) {
      var to = new ByteArrayOutputStream();
      copy(Channels.newChannel(new ByteArrayInputStream(content)), Channels.newChannel(to));
      assertThat(to.toByteArray()).isEqualTo(content);
    }
    assertThat(buffers.stats()).isEqualTo(new PoolStats(10, 10, 1, 0, 0, 0, 0, 1, 0));
  }
}
