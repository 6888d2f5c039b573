package dev.tenfold.gateway.edge;

import static dev.tenfold.gateway.edge.FrameClient.DATA;
import static dev.tenfold.gateway.edge.FrameClient.END_STREAM;
import static dev.tenfold.gateway.edge.FrameClient.GOAWAY;
import static dev.tenfold.gateway.edge.FrameClient.HEADERS;
import static dev.tenfold.gateway.edge.FrameClient.PING;
import static dev.tenfold.gateway.edge.FrameClient.RESET;
import static dev.tenfold.gateway.edge.FrameClient.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.edge.FrameClient.Frame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 spoken badly: what one connection may cost is bounded. Source of codes: RFC 9113, 7. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeFramesTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[7]}";
  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[7]}";
  private static final String WAIT = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"wait\"}";
  private static final int PROTOCOL_ERROR = 1;
  private static final int REFUSED_STREAM = 7;
  private static final int CANCEL = 8;
  private static final int ENHANCE_YOUR_CALM = 11;

  private EdgeFixture fixture;

  @BeforeAll
  void start() throws Exception {
    fixture = new EdgeFixture();
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private FrameClient client() throws Exception {
    return FrameClient.begun(fixture.edge().port());
  }

  @Test
  void aCallIsAnsweredOnItsStream() throws Exception {
    try (FrameClient client = client()) {
      client.call(1, CALL);
      assertThat(client.status(client.await(HEADERS))).isEqualTo("200");
      Frame body = client.await(DATA);
      assertThat(body.stream()).isEqualTo(1);
      assertThat(body.isEnd()).isTrue();
      assertThat(body.text()).isEqualTo(ANSWER);
    }
  }

  @Test
  void whoExpectsContinueIsToldTo() throws Exception {
    try (FrameClient client = client()) {
      client.post(1, 0, "expect", "100-continue");
      assertThat(client.status(client.await(HEADERS))).isEqualTo("100");
      client.frame(DATA, END_STREAM, 1, CALL.getBytes(StandardCharsets.UTF_8));
      assertThat(client.status(client.await(HEADERS))).isEqualTo("200");
      assertThat(client.await(DATA).text()).isEqualTo(ANSWER);
    }
  }

  @Test
  void aPrefaceMayComeByteByByte() throws Exception {
    try (FrameClient client = new FrameClient(fixture.edge().port())) {
      for (byte one : FrameClient.PREFACE) {
        client.raw(new byte[] {one});
      }
      client.frame(SETTINGS, 0, 0, new byte[0]).call(1, CALL);
      assertThat(client.await(DATA).text()).isEqualTo(ANSWER);
    }
  }

  @Test
  void whatOnlyBeginsLikeThePrefaceIsNotHttp2() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(501);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aPrefaceAfterARequestOfHttp1IsNotHttp2() throws Exception {
    try (RawClient client = fixture.client()) {
      assertThat(client.call(CALL).body()).isEqualTo(ANSWER);
      client.say(FrameClient.PREFACE);
      assertThat(client.reply().status()).isEqualTo(501);
    }
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws Exception {
    try (FrameClient client = client()) {
      client.post(1, END_STREAM, "x-large", "x".repeat(8_500));
      assertThat(client.status(client.await(HEADERS))).isEqualTo("431");
      client.call(3, CALL);
      assertThat(client.await(DATA).text()).isEqualTo(ANSWER);
    }
  }

  @Test
  void headersWithoutEndCloseTheConnection() throws Exception {
    byte[] block = new byte[16_000];
    try (FrameClient client = client()) {
      client.frame(HEADERS, 0, 1, block);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void oneStreamTooManyIsRefused() throws Exception {
    try (FrameClient client = client()) {
      client.await(SETTINGS);
      client.frame(PING, 0, 0, new byte[8]).await(PING); // the settings are in force now
      for (int i = 0; i <= Http2Server.STREAMS; i++) {
        client.call(2 * i + 1, WAIT);
      }
      Frame refused = client.await(RESET);
      assertThat(refused.stream()).isEqualTo(2 * Http2Server.STREAMS + 1);
      assertThat(refused.code()).isEqualTo(REFUSED_STREAM);
      Await.until(() -> fixture.waiting.size() == Http2Server.STREAMS);
      fixture.waiting.forEach(call -> call.answer("1"));
      fixture.waiting.clear();
    }
  }

  @Test
  void aFloodOfResetsEndsTheConnection() throws Exception {
    try (FrameClient client = client()) {
      for (int i = 0; i <= Http2Server.RESETS; i++) {
        int stream = 2 * i + 1;
        client.post(stream, 0).frame(RESET, 0, stream, new byte[] {0, 0, 0, CANCEL});
      }
      assertThat(client.await(GOAWAY).code()).isEqualTo(ENHANCE_YOUR_CALM);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aBodyOfAnotherLengthThanSaidEndsTheStream() throws Exception {
    String[] lengths = {"3", "9999"};
    try (FrameClient client = client()) {
      int stream = -1;
      for (String length : lengths) {
        stream += 2;
        client
            .post(stream, 0, "content-length", length)
            .frame(DATA, END_STREAM, stream, CALL.getBytes(StandardCharsets.UTF_8));
        Frame reset = client.await(RESET);
        assertThat(reset.stream()).as(length).isEqualTo(stream);
        assertThat(reset.code()).as(length).isEqualTo(PROTOCOL_ERROR);
      }
      client.call(stream + 2, CALL);
      assertThat(client.await(DATA).text()).isEqualTo(ANSWER);
    }
  }

  @Test
  void headersThatBelongToHttp1EndTheStream() throws Exception {
    String[][] heads = {
      {"transfer-encoding", "chunked"},
      {"connection", "close"},
      {"content-length", "4", "content-length", "5"},
    };
    for (String[] head : heads) {
      try (FrameClient client = client()) {
        client.post(1, END_STREAM, head);
        Frame reset = client.await(RESET);
        assertThat(reset.code()).as(head[0]).isEqualTo(PROTOCOL_ERROR);
        client.call(3, CALL);
        assertThat(client.await(DATA).text()).isEqualTo(ANSWER);
      }
    }
  }

  @Test
  void whatIsNoRequestIsResetAndATunnelIsNotFound() throws Exception {
    try (FrameClient client = client()) {
      client.head(1, END_STREAM, new DefaultHttp2Headers().method("POST").scheme("http"));
      assertThat(client.await(RESET).code()).isEqualTo(PROTOCOL_ERROR);
      client.head(3, END_STREAM, new DefaultHttp2Headers().method("CONNECT").authority("x:1"));
      assertThat(client.status(client.await(HEADERS))).isEqualTo("404");
      client.call(5, CALL);
      assertThat(client.await(f -> f.type() == DATA && f.stream() == 5).text()).isEqualTo(ANSWER);
    }
  }

  @Test
  void aBodyThatDoesNotArriveInTimeIsGivenUpAndTheOthersGoOn() throws Exception {
    try (EdgeFixture own = quick(Duration.ofMillis(100), Duration.ofMinutes(2));
        FrameClient client = FrameClient.begun(own.edge().port())) {
      client.post(1, 0).frame(DATA, 0, 1, new byte[] {'{'});
      assertThat(client.status(client.await(HEADERS))).isEqualTo("408");
      assertThat(client.await(DATA).text()).contains("did not arrive in time");
      client.call(3, CALL);
      assertThat(client.await(frame -> frame.type() == DATA && frame.stream() == 3).text())
          .isEqualTo(ANSWER);
    }
  }

  @Test
  void aCallThatTakesLongIsNotASlowClient() throws Exception {
    try (EdgeFixture own = quick(Duration.ofMillis(50), Duration.ofMinutes(2));
        FrameClient client = FrameClient.begun(own.edge().port())) {
      client.call(1, WAIT);
      Await.until(() -> !own.waiting.isEmpty());
      own.addedNanos.set(TimeUnit.SECONDS.toNanos(10));
      client.post(3, 0); // the witness: it is given up although it came later
      own.addedNanos.set(TimeUnit.SECONDS.toNanos(20));
      assertThat(client.status(client.await(HEADERS))).isEqualTo("408");
      own.waiting.remove().answer("\"late\"");
      assertThat(client.await(frame -> frame.type() == DATA && frame.stream() == 1).text())
          .contains("late");
    }
  }

  @Test
  void pingsDoNotKeepAConnectionWithoutCallsOpen() throws Exception {
    try (EdgeFixture own = quick(Duration.ofSeconds(9), Duration.ofMillis(300));
        FrameClient client = FrameClient.begun(own.edge().port())) {
      client.call(1, CALL).await(DATA);
      own.addedNanos.set(TimeUnit.SECONDS.toNanos(1));
      client.frame(PING, 0, 0, new byte[8]);
      assertThat(client.await(GOAWAY).code()).isZero();
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aClientThatSaysNothingAfterThePrefaceIsClosed() throws Exception {
    try (EdgeFixture own = quick(Duration.ofSeconds(9), Duration.ofMillis(50));
        FrameClient client = new FrameClient(own.edge().port())) {
      client.raw(FrameClient.PREFACE);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aReplyThatTheClientDoesNotReadIsGivenUp() throws Exception {
    byte[] noWindow = {0, 4, 0, 0, 0, 0};
    try (EdgeFixture own = quick(Duration.ofSeconds(9), Duration.ofMillis(100));
        FrameClient client = new FrameClient(own.edge().port())) {
      client.raw(FrameClient.PREFACE).frame(SETTINGS, 0, 0, noWindow).call(1, CALL);
      assertThat(client.status(client.await(HEADERS))).isEqualTo("200");
      Frame reset = client.await(frame -> frame.type() == RESET || frame.type() == DATA);
      assertThat(reset.type()).isEqualTo(RESET);
      assertThat(reset.code()).isEqualTo(CANCEL);
    }
  }

  private static EdgeFixture quick(Duration arrival, Duration idle) throws Exception {
    return new EdgeFixture(
        new EdgeLimits(
            65_536,
            10,
            8_192,
            32,
            arrival.toNanos(),
            idle.toNanos(),
            100,
            Duration.ofMillis(500).toNanos(),
            1 << 20));
  }
}
