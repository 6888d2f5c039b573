package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tenfold.gateway.evm.BlockHeader;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Model checking: under every interleaving that Lincheck tries, what readers see of the chain is
 * what one change after the other would have shown. One thread changes, as in the gateway.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Isolated("Lincheck instruments the JVM")
public class PublishedChainLincheckTest {

  /** All that a reader can tell of one snapshot. */
  private record Seen(long head, BlockHeader newest, long floor, long generation, long epoch) {}

  /** A chain of five blocks that grows by two, and back. */
  public static class Published {
    private static final List<BlockHeader> BLOCKS = Blocks.chain(0, 6);
    private static final List<BlockHeader> FORK = Blocks.fork(BLOCKS, 3, 1, 2);

    private final FollowedChain chain = new FollowedChain(OptionalLong.of(20));

    public Published() {
      chain.begin(BLOCKS.subList(0, 5));
    }

    @Operation
    public Object read() {
      ChainSnapshot now = chain.get();
      return new Seen(
          now.head(),
          Objects.requireNonNull(now.block(now.head())),
          now.window().floor(),
          now.generation(),
          now.epoch());
    }

    @Operation(nonParallelGroup = "writer")
    public void grow() {
      long head = chain.get().head();
      if (head == 4) {
        chain.append(BLOCKS.subList(5, 7));
      }
    }

    @Operation(nonParallelGroup = "writer")
    public void reorganise() {
      chain.replace(FORK.subList(4, 6));
    }

    @Operation(nonParallelGroup = "writer")
    public void rewind() {
      chain.rewind(4);
    }

    @Operation(nonParallelGroup = "writer")
    public void reset() {
      chain.reset(BLOCKS.subList(0, 5));
    }
  }

  @Test
  void aReaderSeesTheChainAsItWasBetweenTwoChanges() {
    var options =
        new ModelCheckingOptions()
            .threads(2)
            .actorsPerThread(3)
            .actorsBefore(1)
            .actorsAfter(1)
            .iterations(6)
            .invocationsPerIteration(250);
    assertThatCode(() -> options.check(Published.class)).doesNotThrowAnyException();
  }
}
