package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.simnode.Fault;
import dev.tenfold.simnode.SimNode;
import dev.tenfold.simnode.SimNodeOptions;
import dev.tenfold.simnode.SimulatedChain;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain that mines, reorganises, is rewound and reset, and what is believed of it. */
class SimulatedChainTest {
  private static final SimNodeOptions OPTIONS =
      SimNodeOptions.builder().blockTime(Duration.ZERO).startBlocks(200).build();

  private final SimulatedChain chain = new SimulatedChain(OPTIONS, InstantSource.system());
  private final SimNode node = new SimNode(chain, OPTIONS);
  private final SimSource source = new SimSource(node);
  private final TrackedChain tracked = new TrackedChain(source);

  private void assertBelieved() {
    Window window = tracked.now().window();
    assertThat(Objects.requireNonNull(window.head()).hash()).hasToString(chain.headHash());
    for (long number = window.floor(); number <= window.headNumber(); number += 31) {
      BlockHeader ours = Objects.requireNonNull(window.block(number));
      assertThat(ours.hash()).hasToString(hashAt(number));
    }
    tracked.checkInvariants();
  }

  private String hashAt(long number) {
    var params = JsonNodeFactory.instance.arrayNode();
    params.add("0x" + Long.toHexString(number)).add(false);
    JsonNode block = node.call("eth_getBlockByNumber", params);
    return block.path("hash").asText();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverHappensToTheChainItIsBelievedAfterAPoll(long seed) {
    Random random = new Random(seed);
    tracked.started();
    long generation = 0;
    for (int step = 0; step < 60; step++) {
      change(random);
      tracked.poll(2);

      assertBelieved();
      assertThat(tracked.now().generation()).isGreaterThanOrEqualTo(generation);
      generation = tracked.now().generation();
    }
  }

  private void change(Random random) {
    int blocks = Math.toIntExact(Math.min(chain.headNumber(), 1 + random.nextInt(30)));
    switch (random.nextInt(8)) {
      case 0 -> chain.reorg(blocks);
      case 1 -> {
        chain.reorg(blocks);
        chain.mine(random.nextInt(60));
      }
      case 2 -> chain.rewind(blocks);
      case 3 -> {
        chain.rewind(blocks);
        chain.mine(random.nextInt(60));
      }
      case 4 -> {
        if (random.nextInt(5) == 0) {
          chain.reset();
        }
      }
      case 5 -> chain.mine(random.nextInt(150));
      default -> chain.mine(random.nextInt(4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 30})
  void aReorganisationAboveTheFinalBlockIsNoReset(int depth) {
    tracked.started();
    chain.reorg(depth);
    tracked.poll();

    assertBelieved();
    assertThat(tracked.now().generation()).isEqualTo(1);
    assertThat(tracked.now().epoch()).isZero();
  }

  @Test
  void aResetChainIsSeenToBeOne() {
    tracked.started();
    chain.reset();
    tracked.poll();

    assertBelieved();
    assertThat(tracked.now().epoch()).isEqualTo(1);
    assertThat(tracked.now().finalized()).isIn(Snapshot.UNKNOWN, 200L - 64);
  }

  @Test
  void aFleetOfSimulatedNodesIsFollowedAtItsHighestHeadThroughReorganisations() {
    SimNodeOptions fleet =
        SimNodeOptions.builder()
            .blockTime(Duration.ZERO)
            .startBlocks(200)
            .lags(List.of(0, 1))
            .build();
    TrackedChain follows = new TrackedChain(new SimSource(new SimNode(chain, fleet))).started();
    follows.poll(2);
    long head = chain.headNumber();
    for (int i = 0; i < 100; i++) {
      chain.mine(1);
      follows.poll(2);
      assertThat(follows.now().head()).isBetween(head, chain.headNumber());
      assertThat(follows.now().head()).isGreaterThanOrEqualTo(chain.headNumber() - 1);
      head = follows.now().head();
    }
    assertThat(follows.now().generation()).isZero();

    chain.reorg(5);
    chain.mine(2);
    follows.poll(4);
    assertThat(follows.now().head()).isGreaterThanOrEqualTo(chain.headNumber() - 1);
    assertThat(follows.now().generation()).isEqualTo(1);
    assertThat(follows.now().epoch()).isZero();
  }

  @Test
  void aFleetOfWhichOneMemberIsFarBehindIsLinkedBlockByBlock() {
    SimNodeOptions fleet =
        SimNodeOptions.builder()
            .blockTime(Duration.ZERO)
            .startBlocks(200)
            .lags(List.of(0, 5))
            .build();
    TrackedChain follows = new TrackedChain(new SimSource(new SimNode(chain, fleet))).started();
    for (int i = 0; i < 50; i++) {
      chain.mine(1 + i % 6);
      follows.poll(2);
    }

    assertThat(follows.now().head()).isGreaterThanOrEqualTo(chain.headNumber() - 6);
    assertThat(follows.now().generation()).isZero();
    assertThat(follows.now().block(210)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5})
  void aNodeThatFailsNowAndThenIsFollowedAllTheSame(double rate) {
    for (Fault.Kind kind : Fault.Kind.values()) {
      if (kind != Fault.Kind.NULL_RESULT) {
        node.addFault(Fault.always(kind).withProbability(rate / 15));
      }
    }
    tracked.started();
    for (int i = 0; i < 60; i++) {
      if (i % 10 == 9) {
        chain.reorg(4);
      }
      chain.mine(1);
      tracked.poll(2);
    }
    node.clearFaults();
    tracked.poll(4);

    assertBelieved();
    assertThat(tracked.now().epoch()).isZero();
  }
}
