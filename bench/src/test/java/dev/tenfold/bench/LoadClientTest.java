package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LoadClientTest {
  private static final int FIRST_WRONG = 51;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void itAsksExactlyAsOftenAsItWasTold() throws IOException {
    InetSocketAddress server = serve(Integer.MAX_VALUE);
    HttpCall call = HttpCall.send(server, HttpCall.post(server, "{}"));

    LoadClient.Outcome outcome = LoadClient.run(server, same(call), 4, 100, 10);

    assertThat(outcome.replies()).isEqualTo(100);
    assertThat(outcome.errors()).isZero();
    assertThat(outcome.medianNanos()).isPositive();
    assertThat(asked).hasValue(101);
  }

  @Test
  void aReplyThatDiffersIsAnErrorAndEndsItsConnection() throws IOException {
    InetSocketAddress server = serve(FIRST_WRONG);
    HttpCall call = HttpCall.send(server, HttpCall.post(server, "{}"));

    LoadClient.Outcome outcome = LoadClient.run(server, same(call), 1, 100, 10);

    assertThat(outcome.replies()).isEqualTo(FIRST_WRONG - 2);
    assertThat(outcome.errors()).isEqualTo(100 - FIRST_WRONG + 2);
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

  @Test
  void aCheckOfTheBodySeesWhatIsMissingAndWhatIsWrong() throws IOException {
    InetSocketAddress server = serve(FIRST_WRONG);
    byte[] request = HttpCall.post(server, "{\"" + Schedule.DIGITS + "\"}");
    Schedule fresh = Schedule.fresh(request, ReplyCheck.ok("rig"));

    LoadClient.Outcome outcome = LoadClient.run(server, fresh, 1, 100, 10);

    assertThat(outcome.replies()).isEqualTo(FIRST_WRONG - 1);
    assertThat(bodies).hasSize(FIRST_WRONG).contains("{\"0000000000\"}", "{\"000000001f\"}");
  }

  @Test
  void zipfDrawsTheFirstKeyTwiceAsOftenAsTheSecond() {
    int[] drawn = Zipf.draw(1000, 100_000, new Random(3));
    long first = Arrays.stream(drawn).filter(key -> key == 0).count();
    long second = Arrays.stream(drawn).filter(key -> key == 1).count();

    assertThat((double) first / second).isCloseTo(2, Offset.offset(0.1));
    assertThat(Arrays.stream(drawn)).allMatch(key -> key >= 0 && key < 1000);
  }

  private InetSocketAddress serve(int firstWrong) {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              bodies.add(body.toString());
                              boolean right = asked.incrementAndGet() < firstWrong;
                              request.response().end(right ? "right" : "wrong");
                            }))
            .listen()
            .await();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort());
  }
}
