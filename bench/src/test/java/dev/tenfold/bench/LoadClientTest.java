package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LoadClientTest {
  private static final int FIRST_WRONG = 51;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void itAsksExactlyAsOftenAsItWasTold() throws IOException {
    InetSocketAddress server = serve(Integer.MAX_VALUE);
    HttpCall call = HttpCall.send(server, HttpCall.post(server, "{}"));

    assertThat(LoadClient.run(server, same(call), 4, 100, 10))
        .isEqualTo(new LoadClient.Outcome(100, 0));
    assertThat(asked).hasValue(101);
  }

  @Test
  void aReplyThatDiffersIsAnErrorAndEndsItsConnection() throws IOException {
    InetSocketAddress server = serve(FIRST_WRONG);
    HttpCall call = HttpCall.send(server, HttpCall.post(server, "{}"));

    assertThat(LoadClient.run(server, same(call), 1, 100, 10))
        .isEqualTo(new LoadClient.Outcome(FIRST_WRONG - 2, 100 - FIRST_WRONG + 2));
  }

  @Test
  void theBodyOfAReplyIsWhatFollowsItsHead() throws IOException {
    InetSocketAddress server = serve(Integer.MAX_VALUE);
    HttpCall call = HttpCall.send(server, HttpCall.post(server, "{}"));

    assertThat(call.isOk()).isTrue();
    assertThat(call.body()).isEqualTo("right");
  }

  private static Schedule same(HttpCall call) {
    return Schedule.same(Schedule.Planned.of(call));
  }

  private InetSocketAddress serve(int firstWrong) {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(
                request ->
                    request
                        .response()
                        .end(asked.incrementAndGet() < firstWrong ? "right" : "wrong"))
            .listen()
            .await();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort());
  }
}
