package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowTest {
  private final List<BlockHeader> chain = Blocks.chain(0, 20);
  private final Window window = Window.of(chain.subList(10, 16));

  @Test
  void anEmptyWindowHasNothing() {
    assertThat(Window.EMPTY.size()).isZero();
    assertThat(Window.EMPTY.head()).isNull();
    assertThat(Window.EMPTY.oldest()).isNull();
    assertThat(Window.EMPTY.headNumber()).isEqualTo(Snapshot.UNKNOWN);
    assertThat(Window.EMPTY.floor()).isEqualTo(Snapshot.UNKNOWN);
    assertThat(Window.EMPTY.block(0)).isNull();
    assertThat(Window.EMPTY.block(-1)).isNull();
    assertThat(Window.EMPTY.block(new BlockHash(1, 2, 3, 4))).isNull();
  }

  @Test
  void aBlockIsFoundByItsNumberAndByItsHash() {
    for (long number = 10; number < 16; number++) {
      BlockHeader block = chain.get((int) number);
      assertThat(window.block(number)).isEqualTo(block);
      assertThat(window.block(block.hash())).isEqualTo(block);
      assertThat(window.has(block)).isTrue();
    }
    assertThat(window.block(9)).isNull();
    assertThat(window.block(16)).isNull();
    assertThat(window.block(Long.MIN_VALUE)).isNull();
    assertThat(window.block(Long.MAX_VALUE)).isNull();
    assertThat(window.block(chain.get(9).hash())).isNull();
    assertThat(window.has(Blocks.chain(1, 12).get(12))).isFalse();
  }

  @Test
  void blocksComeAfterTheHead() {
    Window longer = window.append(chain.subList(16, 19));

    assertThat(longer.head()).isEqualTo(chain.get(18));
    assertThat(longer.size()).isEqualTo(9);
    assertThat(window.head()).isEqualTo(chain.get(15));
    assertThatThrownBy(() -> window.append(chain.subList(17, 19)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> window.append(chain.subList(15, 19)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blocksTakeThePlaceOfOthersFromAForkOn() {
    List<BlockHeader> other = Blocks.fork(chain, 12, 1, 2);
    Window replaced = window.replace(other.subList(13, 15));

    assertThat(replaced.head()).isEqualTo(other.get(14));
    assertThat(replaced.block(12)).isEqualTo(chain.get(12));
    assertThat(replaced.size()).isEqualTo(5);
    assertThatThrownBy(() -> window.replace(other.subList(14, 15)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> window.replace(chain.subList(10, 12)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNewestBlocksAreTakenAway() {
    Window shorter = window.truncate(12);

    assertThat(shorter.head()).isEqualTo(chain.get(12));
    assertThat(shorter.size()).isEqualTo(3);
    assertThat(window.truncate(15).head()).isEqualTo(window.head());
    assertThatThrownBy(() -> window.truncate(9)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> window.truncate(16)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void olderBlocksComeBeforeTheOldest() {
    Window deeper = window.extendDown(chain.subList(7, 10));

    assertThat(deeper.floor()).isEqualTo(7);
    assertThat(deeper.head()).isEqualTo(window.head());
    assertThat(deeper.size()).isEqualTo(9);
    assertThatThrownBy(() -> window.extendDown(chain.subList(7, 9)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> window.extendDown(Blocks.chain(1, 9)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatDoesNotLinkIsRefused() {
    List<BlockHeader> torn = new ArrayList<>(chain.subList(16, 18));
    torn.add(Blocks.chain(1, 18).get(18));

    assertThatThrownBy(() -> window.append(torn)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Window.of(List.of(chain.get(3), chain.get(5))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOldestBlocksMakeRoom() {
    List<BlockHeader> many = Blocks.chain(0, Window.LIMIT + 50);
    Window full = Window.of(many);
    assertThat(full.size()).isEqualTo(Window.LIMIT);
    assertThat(full.floor()).isEqualTo(51);
    assertThat(full.head()).isEqualTo(many.getLast());

    Window step =
        Window.of(many.subList(0, Window.LIMIT))
            .append(many.subList(Window.LIMIT, Window.LIMIT + 3));
    assertThat(step.size()).isEqualTo(Window.LIMIT);
    assertThat(step.floor()).isEqualTo(3);

    Window almost = Window.of(many.subList(100, many.size()));
    Window filled = almost.extendDown(many.subList(0, 100));
    assertThat(filled.size()).isEqualTo(Window.LIMIT);
    assertThat(filled.floor()).isEqualTo(51);
  }

  /** A list of blocks does the same. */
  @Property(tries = 300)
  void itIsTheListOfItsBlocks(@ForAll @Size(max = 40) List<@IntRange(max = 99) Integer> steps) {
    List<BlockHeader> model = Blocks.chain(0, 30).subList(10, 20);
    List<BlockHeader> below = Blocks.chain(0, 30).subList(0, 10);
    Window now = Window.of(model);
    int fork = 1;
    for (int step : steps) {
      int size = model.size();
      switch (step % 4) {
        case 0 -> {
          List<BlockHeader> more = Blocks.grow(model, fork, step % 7 + 1);
          now = now.append(more.subList(size, more.size()));
          model = more;
        }
        case 1 -> {
          int kept = 1 + step % size;
          List<BlockHeader> other = Blocks.grow(model.subList(0, kept), ++fork, step % 5 + 1);
          now = now.replace(other.subList(kept, other.size()));
          model = other;
        }
        case 2 -> {
          int kept = 1 + step % size;
          now = now.truncate(model.get(kept - 1).number());
          model = model.subList(0, kept);
        }
        default -> {
          int taken = Math.min(below.size(), 1 + step % 3);
          List<BlockHeader> older = below.subList(below.size() - taken, below.size());
          if (taken > 0) {
            now = now.extendDown(older);
            List<BlockHeader> longer = new ArrayList<>(older);
            longer.addAll(model);
            model = longer;
            below = below.subList(0, below.size() - taken);
          }
        }
      }
      assertThat(now.size()).isEqualTo(model.size());
      for (BlockHeader block : model) {
        assertThat(now.block(block.number())).isEqualTo(block);
      }
    }
  }
}
