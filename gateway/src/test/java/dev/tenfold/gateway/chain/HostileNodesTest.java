package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.LogsBloom;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that say anything at all. What is published is a chain of blocks even so. */
@Timeout(120)
class HostileNodesTest {
  private static final int MOST_QUESTIONS_A_POLL = 1_200;

  /** A source that answers from a small world of blocks, most of which do not fit. */
  private static final class Liar implements HeadSource {
    private final Random random;
    private final List<List<BlockHeader>> chains;
    private long questions;

    Liar(long seed) {
      random = new Random(seed);
      List<BlockHeader> main = Blocks.chain(0, 300);
      chains =
          List.of(
              main,
              Blocks.fork(main, 290, 1, 20),
              Blocks.fork(main, 200, 2, 110),
              Blocks.chain(3, 305),
              Blocks.chain(4, 5),
              Blocks.chain(5, 3_000));
    }

    @Override
    public String name() {
      return "main#1";
    }

    @Override
    public int weight() {
      return 1;
    }

    private List<BlockHeader> anyChain() {
      return chains.get(random.nextInt(random.nextBoolean() ? 3 : chains.size()));
    }

    private BlockHeader any() {
      List<BlockHeader> chain = anyChain();
      int back = random.nextInt(4) == 0 ? random.nextInt(chain.size()) : random.nextInt(3);
      BlockHeader block = chain.get(chain.size() - 1 - back);
      return switch (random.nextInt(20)) {
        case 0 -> with(block, random.nextLong(), block.parent());
        case 1 -> with(block, block.number(), block.hash());
        case 2 -> with(block, Long.MAX_VALUE, block.parent());
        case 3 -> with(block, block.number() + 1, block.hash());
        default -> block;
      };
    }

    private static BlockHeader with(BlockHeader block, long number, BlockHash parent) {
      return new BlockHeader(number, block.hash(), parent, 0, 0, 0, LogsBloom.UNKNOWN);
    }

    @SuppressWarnings("NullAway") // a source that breaks its contract
    private Future<Said> said(Said honest) {
      questions++;
      return switch (random.nextInt(14)) {
        case 0 -> Future.succeededFuture(Said.NONE);
        case 1 -> Future.succeededFuture(Said.NOTHING);
        case 2 -> Future.failedFuture("planted");
        case 3 -> throw new IllegalStateException("planted");
        case 4 -> Future.succeededFuture(Said.of(any()));
        case 5 -> Future.succeededFuture(null);
        default -> Future.succeededFuture(honest);
      };
    }

    @Override
    public Future<Said> newest() {
      return said(Said.of(any()));
    }

    @Override
    public Future<Said> at(long number) {
      List<BlockHeader> chain = anyChain();
      return said(number < chain.size() ? Said.of(chain.get((int) number)) : Said.NONE);
    }

    @Override
    public Future<Said> with(BlockHash hash) {
      return said(
          chains.stream()
              .flatMap(List::stream)
              .filter(block -> block.hash().equals(hash))
              .findFirst()
              .map(Said::of)
              .orElse(Said.NONE));
    }

    @Override
    public Future<Said> tagged(Tag tag) {
      return said(Said.of(any()));
    }

    @Override
    public Future<List<BlockHeader>> range(long from, long to) {
      questions++;
      List<BlockHeader> chain = anyChain();
      List<BlockHeader> blocks = new ArrayList<>();
      for (long number = from; number <= to && number < chain.size(); number++) {
        blocks.add(random.nextInt(200) == 0 ? any() : chain.get((int) number));
      }
      return random.nextInt(8) == 0
          ? Future.failedFuture("planted")
          : Future.succeededFuture(blocks);
    }

    @Override
    public void stands(Standing standing) {
      assertThat(standing.head()).isGreaterThanOrEqualTo(Snapshot.UNKNOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatIsPublishedIsAChainAndNoPollEndsInManyQuestions(int nodes) {
    for (long seed = 0; seed < 25; seed++) {
      Liar[] liars = new Liar[nodes];
      for (int i = 0; i < nodes; i++) {
        liars[i] = new Liar(100 * seed + i);
      }
      OptionalLong depth = seed % 3 == 0 ? OptionalLong.of(40) : OptionalLong.empty();
      live(new TrackedChain(depth, liars).started(), liars, "seed " + seed);
    }
  }

  private static void live(TrackedChain chain, Liar[] liars, String seed) {
    long generation = 0;
    long epoch = 0;
    for (int step = 0; step < 120; step++) {
      long before = questions(liars);
      chain.poll();
      ChainSnapshot now = chain.now();
      assertThat(questions(liars) - before).as(seed).isLessThan(MOST_QUESTIONS_A_POLL);
      assertThat(now.generation()).as(seed).isGreaterThanOrEqualTo(generation);
      assertThat(now.epoch()).as(seed).isGreaterThanOrEqualTo(epoch);
      assertThat(now.finalized()).as(seed).isLessThanOrEqualTo(now.head());
      generation = now.generation();
      epoch = now.epoch();
    }
  }

  private static long questions(Liar[] liars) {
    long sum = 0;
    for (Liar liar : liars) {
      sum += liar.questions;
    }
    return sum;
  }

  @Test
  void anHonestNodeIsFollowedAfterwards() {
    FakeNode honest = new FakeNode("main#1", Blocks.chain(0, 300));
    Liar liar = new Liar(7);
    boolean[] lies = {true};
    HeadSource reformed =
        new HostileSource(honest) {
          @Override
          public Future<Said> newest() {
            return lies[0] ? liar.newest() : honest.newest();
          }

          @Override
          public Future<List<BlockHeader>> range(long from, long to) {
            return lies[0] ? liar.range(from, to) : honest.range(from, to);
          }
        };
    TrackedChain chain = new TrackedChain(reformed).started();
    chain.poll(200);
    lies[0] = false;
    honest.grow(5);
    chain.poll(6);

    chain.assertFollows(honest.chain);
  }
}
