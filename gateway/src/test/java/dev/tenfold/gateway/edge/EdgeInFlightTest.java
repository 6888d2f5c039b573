package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.edge.EdgeFixture.Waiting;
import dev.tenfold.gateway.edge.RawClient.Reply;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.ResultStream;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.telemetry.AccessEntry;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What requests hold, and that it is given back however they end. */
@Timeout(60)
class EdgeInFlightTest {
  private static final CacheStatus TOO_LARGE = CacheStatus.miss(MissReason.TOO_LARGE);
  private static final int ROOM = 1 << 20;

  private EdgeFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new EdgeFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static String call(String method, int paramsLength) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[\"%s\"]}"
        .formatted(method, "x".repeat(paramsLength));
  }

  private Waiting waiting() {
    Await.until(() -> !fixture.waiting.isEmpty());
    return fixture.waiting.remove();
  }

  @Test
  void aLongHitIsCountedUntilItIsOnTheSocketAndRefusedWhereThereIsNoRoom() throws Exception {
    try (RawClient client = fixture.client()) {
      assertThat(client.call(call("long", 1)).status()).isEqualTo(200);
      assertThat(fixture.fastHits).hasValue(1);
      untilNothingIsHeld();

      assertThat(fixture.inFlight.take(ROOM)).isTrue();
      assertThat(client.call(call("long", 1)).status()).isEqualTo(503);
      assertThat(fixture.fastHits).hasValue(1);
      fixture.inFlight.give(ROOM);
    }
  }

  private void untilNothingIsHeld() {
    Await.until(() -> fixture.inFlight.heldBytes() == 0);
  }

  /** Says what it is told to, part by part, and knows whether it was cancelled. */
  private static final class Scripted implements ResultStream {
    private final Queue<Part> parts = new ArrayDeque<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    Scripted(Part end, String... pieces) {
      for (String piece : pieces) {
        byte[] json = piece.getBytes(StandardCharsets.US_ASCII);
        parts.add(new Part.Piece(json, 0, json.length));
      }
      parts.add(end);
    }

    @Override
    public Future<Part> next() {
      return Future.succeededFuture(parts.remove());
    }

    @Override
    public int heldBytes() {
      return parts.size() > 1 ? 1_000 : 0;
    }

    @Override
    public void cancel() {
      cancelled.incrementAndGet();
    }

    RpcReply reply() {
      return new RpcReply.Streamed(this, TOO_LARGE);
    }
  }

  @Test
  void aBodyThatHasNoRoomIsRefusedAndFitsLater() throws Exception {
    assertThat(fixture.inFlight.take(ROOM - 10_000)).isTrue();
    String body = call("m", 50_000);
    try (RawClient client = fixture.client()) {
      Reply reply = client.call(body);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("retry-after")).isEqualTo("1");
      assertThat(reply.body()).contains("\"code\":-32603").contains("holds as much as it may");
    }
    try (RawClient client = fixture.client()) {
      assertThat(client.call(call("m", 1_000)).status()).isEqualTo(200);
    }
    fixture.inFlight.give(ROOM - 10_000);
    try (RawClient client = fixture.client()) {
      assertThat(client.call(body).status()).isEqualTo(200);
    }
    untilNothingIsHeld();
  }

  @Test
  void anAnswerThatHasNoRoomIsRefusedByItself() throws Exception {
    assertThat(fixture.inFlight.take(ROOM - 10_000)).isTrue();
    String small = call("m", 10);
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", "[" + small + "," + call("wait", 1) + "," + small + "]"));
      waiting().answer("\"" + "x".repeat(50_000) + "\"");
      Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).containsOnlyOnce("-32603").contains("holds as much as it may");
      assertThat(reply.body().split("\"result\"", -1)).hasSize(3);
    }
    Await.until(() -> fixture.inFlight.heldBytes() == ROOM - 10_000);
  }

  @Test
  void whatWaitsIsHeldUntilItsReplyIsWritten() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", call("wait", 50_000)));
      Waiting call = waiting();
      assertThat(fixture.inFlight.heldBytes()).isBetween(50_000L - (16 << 10), 60_000L);
      call.answer("1");
      assertThat(client.reply().status()).isEqualTo(200);
      untilNothingIsHeld();
    }
  }

  @Test
  void aCallerThatHangsUpGivesItBackWhenItsCallsHaveEnded() throws Exception {
    RawClient client = fixture.client();
    client.say(RawClient.post("/", call("wait", 50_000)));
    Waiting call = waiting();
    client.close();
    Await.until(() -> call.request().caller().isGone());
    assertThat(fixture.inFlight.heldBytes()).isPositive();
    call.answer("1");
    untilNothingIsHeld();
  }

  @Test
  void aBodyThatDoesNotArriveGivesItBack() throws Exception {
    RawClient client = fixture.client();
    String whole = RawClient.post("/", call("m", 50_000));
    client.say(whole.substring(0, whole.length() - 100));
    Await.until(() -> fixture.inFlight.heldBytes() > 0);
    client.close();
    untilNothingIsHeld();
  }

  @Test
  void aStreamThatBreaksIsLoggedAndGivesItBack() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", call("wait", 1)));
      ResultStream.Part broken = new ResultStream.Part.Broken(Failure.NODE_NOT_JSON_RPC);
      waiting().end(new Scripted(broken, "[1,", "2,").reply());
      Await.until(() -> !fixture.logged.isEmpty());
      AccessEntry entry = fixture.logged.remove();
      assertThat(entry.status()).isEqualTo(200);
      assertThat(entry.verdict()).isEqualTo("too-large");
      assertThat(entry.failure()).isEqualTo("NODE_NOT_JSON_RPC");
      untilNothingIsHeld();
    }
  }

  @Test
  void aStreamThatComesWholeIsLoggedAndGivesItBack() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", call("wait", 1)));
      waiting().end(new Scripted(new ResultStream.Part.Whole(), "[1,", "2]").reply());
      assertThat(client.chunked().body())
          .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[1,2]}");
      Await.until(() -> !fixture.logged.isEmpty());
      assertThat(fixture.logged.remove().failure()).isEmpty();
      untilNothingIsHeld();
      assertThat(client.call(call("m", 1)).status()).as("on the same connection").isEqualTo(200);
    }
  }

  @Test
  void theStreamsBehindOneThatBreaksAreCancelled() throws Exception {
    try (RawClient client = fixture.client()) {
      String wait = call("wait", 1);
      client.say(RawClient.post("/", "[" + wait + "," + wait + "]"));
      Scripted second = new Scripted(new ResultStream.Part.Whole(), "2");
      ResultStream.Part broken = new ResultStream.Part.Broken(Failure.NODE_BROKE_OFF);
      waiting().end(new Scripted(broken, "1").reply());
      waiting().end(second.reply());
      Await.until(() -> fixture.logged.size() == 2);
      assertThat(second.cancelled).hasValue(1);
      assertThat(List.copyOf(fixture.logged))
          .allMatch(entry -> entry.failure().equals("NODE_BROKE_OFF"));
      untilNothingIsHeld();
    }
  }

  @Test
  void aStreamThatANotificationAskedForIsCancelled() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", "{\"jsonrpc\":\"2.0\",\"method\":\"wait\"}"));
      Scripted unwanted = new Scripted(new ResultStream.Part.Whole(), "2");
      waiting().end(unwanted.reply());
      assertThat(client.reply().status()).isEqualTo(204);
      assertThat(unwanted.cancelled).hasValue(1);
      untilNothingIsHeld();
    }
  }

  @Test
  void aStreamForACallerThatHasHungUpIsCancelled() throws Exception {
    RawClient client = fixture.client();
    client.say(RawClient.post("/", call("wait", 1)));
    Waiting call = waiting();
    client.close();
    Await.until(() -> call.request().caller().isGone());
    Scripted unwanted = new Scripted(new ResultStream.Part.Whole(), "2");
    call.end(unwanted.reply());
    Await.until(() -> unwanted.cancelled.get() == 1);
    untilNothingIsHeld();
  }

  @Test
  void aBatchOfALotOfSmallAnswersIsWrittenInParts() throws Exception {
    try (RawClient client = fixture.client()) {
      String wait = call("wait", 1);
      client.say(RawClient.post("/", "[" + (wait + ",").repeat(5) + wait + "]"));
      String json = "\"" + "x".repeat(150_000) + "\"";
      for (int i = 0; i < 6; i++) {
        waiting().end(EdgeFixture.result(json, TOO_LARGE));
      }
      String member = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + json + "}";
      assertThat(client.chunked().body()).isEqualTo("[" + (member + ",").repeat(5) + member + "]");
      untilNothingIsHeld();
    }
  }
}
