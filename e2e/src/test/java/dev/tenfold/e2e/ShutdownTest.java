package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of the program, by a signal. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ShutdownTest {
  private static final int CALLS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private final Setup setup = new Setup();

  @AfterEach
  void stop() {
    setup.close();
  }

  @Test
  void fiftySlowCallsInFlightAreAnsweredAfterSigtermAndNobodyElseIsLetIn() throws Exception {
    CountDownLatch arrived = new CountDownLatch(CALLS);
    CountDownLatch answer = new CountDownLatch(1);
    ScriptedNode node = setup.scripted();
    node.on("eth_gasPrice", "\"0x1\"");
    node.on(
        "slow_call",
        request -> {
          arrived.countDown();
          answer.await();
          return ScriptedNode.Reply.result(request, "\"late\"");
        });
    TenfoldProcess tenfold = setup.tenfold(node.url());
    List<CompletableFuture<JsonRpcClient.Answer>> calls =
        IntStream.range(0, CALLS)
            .mapToObj(i -> JsonRpcClient.callLater(tenfold.url(), "slow_call", "[" + i + "]"))
            .toList();
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

    tenfold.process().signal("TERM");
    Eventually.until("no new connection is taken", PATIENCE, () -> refuses(tenfold.port()));
    assertThat(tenfold.process().isAlive()).isTrue();
    answer.countDown();

    for (CompletableFuture<JsonRpcClient.Answer> call : calls) {
      assertThat(call.get(10, TimeUnit.SECONDS).result()).isEqualTo("\"late\"");
    }
    assertThat(tenfold.process().awaitExit(PATIENCE)).isZero();
  }

  @Test
  void theProgramEndsAtOnceWhereNothingIsInFlightThoughConnectionsAreOpen() {
    TenfoldProcess tenfold = setup.tenfold(setup.scripted().url());
    try (Wire idle = Wire.to(tenfold.port())) {
      idle.send(Wire.post(JsonRpcClient.request("eth_chainId", "[]"))).read();
      long start = System.nanoTime();
      tenfold.process().signal("TERM");
      assertThat(tenfold.process().awaitExit(PATIENCE)).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(idle.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void thePortIsFreeAgainForTheNext() {
    TenfoldProcess tenfold = setup.tenfold(setup.scripted().url());
    // not INT: a shell that starts the tests in the background has it ignored, by children too
    tenfold.process().signal("TERM");
    assertThat(tenfold.process().awaitExit(PATIENCE)).isZero();
    assertThatThrownBy(() -> Wire.to(tenfold.port())).hasMessageContaining("refused");
  }

  private static boolean refuses(int port) {
    try (Wire wire = Wire.to(port)) {
      return wire.isClosedByPeer();
    } catch (RuntimeException e) {
      return true;
    }
  }
}
