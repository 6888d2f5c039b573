package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Model checking: under every interleaving that Lincheck tries, takers at different moments get
 * what they would have got one after the other.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Param(name = "tokens", gen = IntGen.class, conf = "1:6")
@Param(name = "nanos", gen = IntGen.class, conf = "0:3")
@Isolated("Lincheck instruments the JVM")
public class TokenBucketLincheckTest {
  private static final long TICK = TimeUnit.SECONDS.toNanos(1);

  private final TokenBucket bucket = new TokenBucket(1, 4);

  @Operation
  public long take(@Param(name = "tokens") int tokens, @Param(name = "nanos") int ticks) {
    return bucket.take(tokens, ticks * TICK);
  }

  @Operation
  public long remaining(@Param(name = "nanos") int ticks) {
    return bucket.remaining(ticks * TICK);
  }

  /** Only what was taken is put back. */
  @Operation(nonParallelGroup = "returns")
  public void putBack() {
    if (bucket.nanosToFull(0) > 0) {
      bucket.putBack(1);
    }
  }

  @Test
  void takersGetWhatTheyWouldHaveGotOneAfterTheOther() {
    var options =
        new ModelCheckingOptions()
            .threads(2)
            .actorsPerThread(3)
            .actorsBefore(1)
            .actorsAfter(1)
            .iterations(20)
            .invocationsPerIteration(500);
    assertThatCode(() -> options.check(TokenBucketLincheckTest.class)).doesNotThrowAnyException();
  }
}
