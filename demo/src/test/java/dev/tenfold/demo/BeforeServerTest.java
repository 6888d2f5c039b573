package dev.tenfold.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ordinary backend, in a process of its own, before a node that tells what it was asked. */
@Timeout(60)
class BeforeServerTest {
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<InetSocketAddress> clients = new ConcurrentLinkedQueue<>();

  private HttpServer node() throws Exception {
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          clients.add(exchange.getRemoteAddress());
          byte[] reply =
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x7\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    node.start();
    return node;
  }

  private static String post(URI url, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  @Test
  void itAsksTheNodeForEachCallOverAConnectionOfItsOwn() throws Exception {
    HttpServer node = node();
    try (Workplace workplace = new Workplace()) {
      String url = "http://127.0.0.1:" + node.getAddress().getPort();
      Part before =
          workplace.start(
              "before", List.of(), BeforeServer.class.getName(), List.of("0", url, "4"));

      for (int call = 0; call < 2; call++) {
        assertThat(
                post(
                    before.url(),
                    "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"eth_a\",\"params\":[1]}"))
            .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":\"0x7\"}");
      }
      assertThat(asked)
          .hasSize(2)
          .contains("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_a\",\"params\":[1]}");
      assertThat(clients.stream().distinct()).hasSize(2);
      assertThat(post(before.url(), "{")).contains("-32700");
      assertThat(post(before.url(), "{}")).contains("-32600");
      node.stop(0);
      assertThat(post(before.url(), "{\"id\":1,\"method\":\"a\"}")).contains("-32603");
    }
  }

  @Test
  void aPartThatCannotStartIsNamedWithWhatItSaid() throws Exception {
    HttpServer node = node();
    String port = "" + node.getAddress().getPort();
    try (Workplace workplace = new Workplace()) {
      assertThatThrownBy(
              () ->
                  workplace.start(
                      "the server",
                      List.of(),
                      BeforeServer.class.getName(),
                      List.of(port, "http://127.0.0.1:1", "4")))
          .isInstanceOf(DemoException.class)
          .hasMessage("the server ended with status 1: port " + port + " is in use");
    } finally {
      node.stop(0);
    }
  }
}
