package consumer.httpclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.tenfold.toolkit.httpclient.ClientPool;
import dev.tenfold.toolkit.httpclient.ClientPoolOptions;
import dev.tenfold.toolkit.httpclient.HttpAnswer;
import dev.tenfold.toolkit.httpclient.HttpCall;
import dev.tenfold.toolkit.httpclient.Target;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "hello".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Vertx vertx = Vertx.vertx();
    ClientPool pool = ClientPool.create(vertx, ClientPoolOptions.defaults());
    try {
      Target target = Target.parse("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      HttpAnswer answer = pool.send(HttpCall.get(target, Map.of())).await();
      System.out.printf(
          "httpclient in %s: %d %s%n",
          ClientPool.class.getModule(), answer.status(), new String(answer.body(), UTF_8));
    } finally {
      pool.shutdown().await();
      vertx.close().await();
      server.stop(0);
    }
  }
}
