package dev.tenfold.demo.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuffersTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, Buffers.BYTES - 1, Buffers.BYTES, Buffers.BYTES + 1, 200_000})
  void aStreamOfAnyLengthIsReadToItsEnd(int length) throws Exception {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);

    try (Buffers fresh = Buffers.fresh();
        Buffers pooled = Buffers.pooled()) {
      assertThat(fresh.readAll(new ByteArrayInputStream(bytes))).isEqualTo(bytes);
      for (int again = 0; again < 2; again++) {
        assertThat(pooled.readAll(new ByteArrayInputStream(bytes))).isEqualTo(bytes);
      }
    }
  }
}
