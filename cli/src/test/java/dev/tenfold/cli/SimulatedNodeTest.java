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
  private static final NodeSettings SETTINGS =
      new NodeSettings(0, Duration.ZERO, Duration.ZERO, 0, Duration.ofHours(1), 7, 5, 9);

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
      NodeSettings same =
          new NodeSettings(
              URI.create(node.url()).getPort(),
              Duration.ZERO,
              Duration.ZERO,
              0,
              Duration.ofHours(1),
              7,
              5,
              9);

      Throwable failure = catchThrowable(() -> SimulatedNode.start(same).close());

      assertThat(failure).isNotNull();
      assertThat(Ports.isBindFailure(failure)).isTrue();
    }
  }

  private static String ask(String url, String method) throws IOException, InterruptedException {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
