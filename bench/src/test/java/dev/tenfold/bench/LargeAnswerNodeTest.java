package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LargeAnswerNodeTest {
  private HttpServer node;
  private LargeAnswerNode large;

  @BeforeEach
  void start() throws Exception {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    node.start();
    large = LargeAnswerNode.before(URI.create("http://127.0.0.1:" + node.getAddress().getPort()));
  }

  @AfterEach
  void stop() throws Exception {
    large.close();
    node.stop(0);
  }

  private HttpCall ask(String json) throws Exception {
    InetSocketAddress address = Side.Server.address(large.url());
    return HttpCall.send(address, HttpCall.post(address, json));
  }

  @Test
  void whatIsNotAboutLogsGoesToTheNode() throws Exception {
    assertThat(ask("{\"id\":7,\"method\":\"eth_chainId\"}").body())
        .isEqualTo("{\"id\":7,\"method\":\"eth_chainId\"}");
  }

  @Test
  void logsAreFiftyMegabytesOfJson() throws Exception {
    HttpCall call = ask("{\"id\":7,\"method\":\"eth_getLogs\"}");

    JsonNode reply = new ObjectMapper().readTree(call.body().getBytes(StandardCharsets.UTF_8));
    assertThat(reply.path("id").asInt()).isEqualTo(7);
    assertThat(reply.path("result")).hasSize(50_000);
    assertThat(LargeAnswerNode.resultBytes()).isBetween(49_000_000L, 51_000_000L);
  }
}
