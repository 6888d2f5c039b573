package dev.tenfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulated node as the commands start it. */
@Timeout(30)
class SimulatedNodeTest {
  private static final NodeSettings SETTINGS = settings(0, Duration.ZERO);

  private static NodeSettings settings(int port, Duration reorgEvery) {
    return new NodeSettings(
        port, Duration.ZERO, Duration.ZERO, 0, Duration.ofHours(1), 7, 5, 9, reorgEvery, 3, false);
  }

  @Test
  void itAnswersAsItWasTold() throws Exception {
    try (SimulatedNode node = SimulatedNode.start(SETTINGS)) {
      assertThat(ask(node.url(), "eth_chainId")).contains("\"0x5\"");
      assertThat(ask(node.url(), "eth_blockNumber")).contains("\"0x9\"");
    }
  }

  @Test
  void aPortInUseIsABindFailureAmongTheCauses() {
    try (SimulatedNode node = SimulatedNode.start(SETTINGS)) {
      NodeSettings same = settings(URI.create(node.url()).getPort(), Duration.ZERO);

      Throwable failure = catchThrowable(() -> SimulatedNode.start(same).close());

      assertThat(failure).isNotNull();
      assertThat(Ports.isBindFailure(failure)).isTrue();
    }
  }

  @Test
  void itKnowsNoFinalBlockIfToldSo() throws Exception {
    try (SimulatedNode node = SimulatedNode.start(SETTINGS)) {
      assertThat(block(node, "finalized")).contains("finalized block not found");
    }
  }

  @Test
  void itReplacesItsNewestBlocksFromTimeToTime() throws Exception {
    try (SimulatedNode node = SimulatedNode.start(settings(0, Duration.ofMillis(20)))) {
      String shared = block(node, "0x6");
      String before = block(node, "0x7");
      while (block(node, "0x7").equals(before)) {
        Thread.onSpinWait();
      }
      assertThat(block(node, "0x6")).isEqualTo(shared);
      assertThat(ask(node.url(), "eth_blockNumber")).contains("\"0x9\"");
    }
  }

  private static String block(SimulatedNode node, String number)
      throws IOException, InterruptedException {
    return ask(node.url(), "eth_getBlockByNumber", "[\"" + number + "\",false]");
  }

  private static String ask(String url, String method) throws IOException, InterruptedException {
    return ask(url, method, "[]");
  }

  private static String ask(String url, String method, String params)
      throws IOException, InterruptedException {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
