package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests for a chain of which nothing was asked for a while, so that it has to be woken. */
@Timeout(30)
class EdgeAsleepTest {
  private EdgeFixture edge;

  @BeforeEach
  void start() throws Exception {
    edge = new EdgeFixture();
    edge.watch.asleep = true;
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private static String call(int id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"echo\",\"params\":[%d]}".formatted(id, id);
  }

  private static String answer(int id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":[%d]}".formatted(id, id);
  }

  private void wake() {
    edge.watch.asleep = false;
    while (!edge.watch.sleepers.isEmpty()) {
      edge.watch.sleepers.remove().complete();
    }
  }

  @Test
  void aRequestWaitsUntilTheChainIsAwakeAndIsAnsweredThen() throws Exception {
    try (RawClient client = edge.client()) {
      client.say(RawClient.post("/", call(1)));
      Await.until(() -> !edge.watch.sleepers.isEmpty());
      assertThat(edge.seen).isEmpty();
      wake();

      assertThat(client.reply().body()).isEqualTo(answer(1));
      assertThat(client.call(call(2)).body()).isEqualTo(answer(2));
      assertThat(edge.watch.touches).hasValue(2);
    }
  }

  @Test
  void requestsThatWaitedTogetherAreNotMixedUp() throws Exception {
    try (RawClient one = edge.client();
        RawClient two = edge.client();
        RawClient batch = edge.client()) {
      one.say(RawClient.post("/", call(1)));
      two.say(RawClient.post("/", call(2)));
      batch.say(RawClient.post("/", "[" + call(3) + "," + call(4) + "]"));
      Await.until(() -> edge.watch.sleepers.size() == 3);
      wake();

      assertThat(one.reply().body()).isEqualTo(answer(1));
      assertThat(two.reply().body()).isEqualTo(answer(2));
      assertThat(batch.reply().body()).isEqualTo("[" + answer(3) + "," + answer(4) + "]");
    }
  }

  @Test
  void aClientThatHangsUpMeanwhileIsNotServed() throws Exception {
    try (RawClient client = edge.client()) {
      client.say(RawClient.post("/", call(1)));
      Await.until(() -> edge.watch.sleepers.size() == 1);
    }
    try (RawClient other = edge.client()) {
      other.say(RawClient.post("/", call(2)));
      Await.until(() -> edge.watch.sleepers.size() == 2);
      wake();

      assertThat(other.reply().body()).isEqualTo(answer(2));
      assertThat(edge.seen).hasSizeBetween(1, 2);
    }
  }

  @Test
  void aRequestThatIsWholeIsNotCalledSlowBecauseItWaits() throws Exception {
    EdgeLimits quick =
        new EdgeLimits(
            64 * 1024,
            10,
            8 * 1024,
            32,
            Duration.ofMillis(50).toNanos(),
            Duration.ofMinutes(2).toNanos(),
            9,
            Duration.ofSeconds(30).toNanos(),
            1 << 20);
    try (EdgeFixture own = new EdgeFixture(quick);
        RawClient client = own.client()) {
      own.watch.asleep = true;
      client.say(RawClient.post("/", call(1)));
      Await.until(() -> !own.watch.sleepers.isEmpty());
      own.addedNanos.set(Duration.ofSeconds(10).toNanos());
      try (RawClient witness = own.client()) {
        witness.say("POST / HTTP/1.1\r\n");
        assertThat(witness.reply().status()).isEqualTo(408);
      }
      own.watch.sleepers.remove().complete();

      assertThat(client.reply().body()).isEqualTo(answer(1));
    }
  }

  @Test
  void aBodyThatCannotBeReadIsRefusedAllTheSame() throws Exception {
    try (RawClient client = edge.client()) {
      client.say(RawClient.post("/", "{nonsense"));
      Await.until(() -> !edge.watch.sleepers.isEmpty());
      wake();

      assertThat(client.reply().body()).contains("-32700");
    }
  }
}
