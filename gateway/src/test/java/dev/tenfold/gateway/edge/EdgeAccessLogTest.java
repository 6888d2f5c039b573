package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.telemetry.AccessEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each request leaves its lines in the access log, however it ends. */
@Timeout(60)
class EdgeAccessLogTest {
  private EdgeFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new EdgeFixture();
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void aCallLeavesItsMethodPathStatusAndVerdict() throws Exception {
    AccessEntry entry =
        after(RawClient.post("/", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}"));
    assertThat(entry.path()).isEqualTo("/main");
    assertThat(entry.method()).isEqualTo("m");
    assertThat(entry.status()).isEqualTo(200);
    assertThat(entry.verdict()).isEqualTo("hit");
    assertThat(entry.failure()).isEmpty();
  }

  @Test
  void aBodyThatCannotBeReadLeavesALine() throws Exception {
    AccessEntry entry = after(RawClient.post("/other", "{"));
    assertThat(entry).isEqualTo(new AccessEntry("/other", "", 400, 0, "refused", "NOT_JSON"));
  }

  @Test
  void aPathThatMayHoldAKeyIsNotWritten() throws Exception {
    AccessEntry entry = after("GET /s3cret HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(entry).isEqualTo(new AccessEntry("", "", 404, 0, "refused", "UNKNOWN_PATH"));
    assertThat(after(RawClient.post("/main/s3cret", "{}")).path()).isEqualTo("/main");
  }

  @Test
  void aCallerThatHangsUpLeavesALineWithoutStatus() throws Exception {
    RawClient client = fixture.client();
    client.say(RawClient.post("/", "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"wait\"}"));
    Await.until(() -> !fixture.waiting.isEmpty());
    EdgeFixture.Waiting call = fixture.waiting.remove();
    client.close();
    Await.until(() -> call.request().caller().isGone());
    call.answer("1");
    Await.until(() -> !fixture.logged.isEmpty());
    AccessEntry entry = fixture.logged.remove();
    assertThat(entry.method()).isEqualTo("wait");
    assertThat(entry.status()).isEqualTo(AccessEntry.NO_STATUS);
  }

  @Test
  void healthChecksLeaveNone() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").reply();
      client.call("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}");
      Await.until(() -> !fixture.logged.isEmpty());
      assertThat(fixture.logged).hasSize(1);
    }
  }

  private AccessEntry after(String request) throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(request).reply();
    }
    Await.until(() -> !fixture.logged.isEmpty());
    return fixture.logged.remove();
  }
}
