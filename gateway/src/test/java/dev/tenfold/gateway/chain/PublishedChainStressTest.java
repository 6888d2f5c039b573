package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers on other threads see one state of the chain or the next, never parts of two. */
@Timeout(60)
class PublishedChainStressTest {
  private static final int CHANGES = 20_000;
  private static final int READERS = 3;

  private final FollowedChain chain = new FollowedChain(OptionalLong.of(20));
  private final AtomicBoolean over = new AtomicBoolean();

  /** Each fork has its own blocks, whose second word is its number; so a mixture would show. */
  @Test
  void aReaderNeverSeesAMixture() throws Exception {
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<Long>> seen = new ArrayList<>();
      chain.begin(Blocks.chain(0, 50).subList(20, 51));
      for (int i = 0; i < READERS; i++) {
        seen.add(readers.submit((Callable<Long>) this::read));
      }
      write();
      over.set(true);
      for (Future<Long> reader : seen) {
        assertThat(reader.get()).isPositive();
      }
    }
  }

  private void write() {
    List<BlockHeader> now = Blocks.chain(0, 50);
    for (int change = 1; change < CHANGES; change++) {
      int head = now.size() - 1;
      switch (change % 4) {
        case 0 -> {
          now = Blocks.fork(now, head - 5, change, 6);
          chain.replace(now.subList(head - 4, now.size()));
        }
        case 1 -> {
          now = new ArrayList<>(now.subList(0, head - 2));
          chain.rewind(head - 3);
        }
        case 2 -> {
          now = Blocks.chain(change, 50);
          chain.reset(now.subList(20, 51));
        }
        default -> {
          now = Blocks.grow(now, change, 3);
          chain.append(now.subList(head + 1, now.size()));
        }
      }
    }
  }

  private long read() {
    long reads = 0;
    long generation = 0;
    while (!over.get() || reads == 0) {
      ChainSnapshot now = chain.get();
      assertThat(now.generation()).isGreaterThanOrEqualTo(generation);
      generation = now.generation();
      BlockHeader above = null;
      for (long number = now.head(); number >= now.window().floor(); number--) {
        BlockHeader block = now.block(number);
        assertThat(block).isNotNull();
        assertThat(above == null || above.isChildOf(block)).isTrue();
        above = block;
      }
      assertThat(now.finalized()).isGreaterThanOrEqualTo(now.head() - 20);
      assertThat(now.finalized()).isLessThanOrEqualTo(now.head());
      reads++;
    }
    return reads;
  }
}
