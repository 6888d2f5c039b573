package dev.tenfold.gateway.edge;

import static dev.tenfold.gateway.access.KeyBuilder.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenfold.gateway.access.Limits;
import dev.tenfold.gateway.access.UsageBook.Used;
import dev.tenfold.gateway.edge.RawClient.Reply;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one is told who calls too often, and one who does not. */
@Timeout(60)
class EdgeLimitsTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"method\":\"m\",\"params\":[7]}";
  private static final String NOTIFICATION = CALL.replace("\"id\":\"mine\",", "");
  private static final String WAIT = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"wait\"}";
  private static final String REFUSAL =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32005,\"message\":\"limit exceeded:"
          + " %s\"}}";
  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":[7]}";
  private static final RpcReply ANSWER = EdgeFixture.result("1", CacheStatus.miss(MissReason.COLD));
  private static final String KEY = "X-Api-Key: key-1234";

  private final KeyedDoor door = new KeyedDoor().knows("key-1234").knows("key-5678");

  @SuppressWarnings("NullAway.Init") // each test opens its own
  private EdgeFixture fixture;

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void whoIsLetThroughLearnsWhatIsLeft() throws Exception {
    fixture = door.keysMay(new Limits(10, 25, 0, 0, 0, 0)).fixture();

    Reply first = post(CALL);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("ratelimit-policy")).isEqualTo("\"calls\";q=25;w=3");
    assertThat(first.header("ratelimit")).isEqualTo("\"calls\";r=24;t=1");
    post("[" + (CALL + ",").repeat(8) + CALL + "]");
    post(CALL);
    assertThat(post(WAIT.replace("wait", "m")).header("ratelimit")).isEqualTo("\"calls\";r=13;t=2");
    pass(Duration.ofSeconds(60));
    assertThat(post(CALL).header("ratelimit")).isEqualTo("\"calls\";r=24;t=1");
  }

  @Test
  void whoHasNoRateIsToldOfNone() throws Exception {
    fixture = door.keysMay(new Limits(0, 0, 100, 0, 0, 0)).fixture();

    assertThat(post(CALL).headers()).doesNotContainKeys("ratelimit", "ratelimit-policy");
    assertThat(anybody(CALL).headers()).doesNotContainKeys("ratelimit", "ratelimit-policy");
  }

  @Test
  void aCallOverTheLimitIsRefusedWithTheWait() throws Exception {
    fixture = door.keysMay(new Limits(1, 2, 0, 0, 0, 0)).fixture();
    post(CALL);
    post(CALL);

    Reply refused = post(CALL);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).isEqualTo(REFUSAL.formatted("\"mine\"", "1 calls a second"));
    assertThat(refused.header("retry-after")).isEqualTo("1");
    assertThat(refused.header("ratelimit-policy")).isEqualTo("\"calls\";q=2;w=2");
    assertThat(refused.header("ratelimit")).isEqualTo("\"calls\";r=0;t=2");
    assertThat(refused.header("cache-status")).isEqualTo("Tenfold; detail=refused");
    assertThat(refused.headers()).doesNotContainKey("connection");
    assertThat(post("key-5678", CALL).status()).as("another key").isEqualTo(200);
    pass(Duration.ofSeconds(1));
    assertThat(post(CALL).status()).isEqualTo(200);
    assertThat(post(CALL).status()).isEqualTo(429);
  }

  @Test
  void anUnitsWaitIsSaidInWholeSecondsAfterWhichItPasses() throws Exception {
    fixture = door.keysMay(new Limits(0, 0, 3, 10, 0, 0)).fixture();
    post(CALL);

    Reply refused = post(CALL);
    assertThat(refused.body()).contains("limit exceeded: 3 compute units a second");
    assertThat(refused.header("retry-after")).isEqualTo("4");
    pass(Duration.ofSeconds(4));
    assertThat(post(CALL).status()).isEqualTo(200);
  }

  @Test
  void ofABatchOnlyTheMembersOverTheLimitAreRefused() throws Exception {
    fixture = door.keysMay(new Limits(1, 2, 0, 0, 0, 0)).fixture();

    Reply reply = post("[" + numbered(1) + "," + numbered(2) + "," + numbered(3) + "]");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).doesNotContainKey("retry-after");
    assertThat(reply.header("ratelimit")).isEqualTo("\"calls\";r=0;t=2");
    assertThat(reply.body())
        .isEqualTo(
            "["
                + RESULT.formatted(1)
                + ","
                + RESULT.formatted(2)
                + ","
                + REFUSAL.formatted(3, "1 calls a second")
                + "]");
  }

  @Test
  void aBatchAllOfWhichIsOverTheLimitIsRefusedAsOne() throws Exception {
    fixture = door.keysMay(new Limits(1, 2, 0, 0, 0, 0)).fixture();
    post("[" + numbered(1) + "," + numbered(2) + "]");

    Reply reply = post("[" + numbered(3) + "," + numbered(4) + "]");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("retry-after")).isEqualTo("1");
    assertThat(reply.body())
        .isEqualTo(
            "["
                + REFUSAL.formatted(3, "1 calls a second")
                + ","
                + REFUSAL.formatted(4, "1 calls a second")
                + "]");
    assertThat(post("[" + numbered(5) + ",1]").status())
        .as("one member was refused for another reason")
        .isEqualTo(200);
  }

  @Test
  void aNotificationCountsAndIsRefusedByTheStatusAlone() throws Exception {
    fixture = door.keysMay(new Limits(1, 2, 0, 0, 0, 0)).fixture();
    assertThat(post(NOTIFICATION).status()).isEqualTo(204);
    assertThat(post("[" + NOTIFICATION + "]").status()).isEqualTo(204);

    for (String body : new String[] {NOTIFICATION, "[" + NOTIFICATION + "," + NOTIFICATION + "]"}) {
      Reply refused = post(body);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.body()).isEmpty();
      assertThat(refused.header("retry-after")).isEqualTo("1");
      assertThat(refused.header("ratelimit")).isEqualTo("\"calls\";r=0;t=2");
    }
    assertThat(fixture.seen).hasSize(2);
  }

  @Test
  void whatCannotBeReadAsCallsTakesNothing() throws Exception {
    fixture = door.keysMay(new Limits(1, 1, 0, 0, 0, 0)).fixture();
    for (String body : new String[] {"{", "[]", "[1]", "", CALL.replace("2.0", "1.0")}) {
      post(body);
    }

    assertThat(post(CALL).status()).isEqualTo(200);
  }

  @Test
  void callsUnderWayAreCountedUntilTheyEndHoweverThatIs() throws Exception {
    fixture = door.keysMay(new Limits(0, 0, 0, 0, 0, 1)).fixture();
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", WAIT, KEY));
      EdgeFixture.Waiting call = waiting();
      Reply refused = post(CALL);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.body()).isEqualTo(REFUSAL.formatted("\"mine\"", "1 calls at once"));
      assertThat(refused.header("retry-after")).isEqualTo("1");
      call.end(ANSWER);
      assertThat(client.reply().status()).isEqualTo(200);
    }
    assertThat(post(CALL).status()).isEqualTo(200);
    assertThat(post(CALL.replace("\"m\"", "\"break\"")).status()).isEqualTo(503);
    assertThat(post(CALL).status()).as("after a fault").isEqualTo(200);
    RawClient client = fixture.client();
    client.say(RawClient.post("/", WAIT, KEY));
    EdgeFixture.Waiting call = waiting();
    client.close();
    Await.until(() -> call.request().caller().isGone());
    call.end(ANSWER);
    Await.until(() -> fixture.logged.stream().anyMatch(entry -> entry.status() == 0));
    assertThat(post(CALL).status()).as("after the client hung up").isEqualTo(200);
  }

  @Test
  void oneWhoHasNoKeyIsLimitedByAddressWhereThatIsWanted() throws Exception {
    fixture =
        door.addressesMay(new Limits(1, 2, 0, 0, 0, 0))
            .keysMay(new Limits(5, 5, 0, 0, 0, 0))
            .fixture();

    assertThat(anybody(CALL).header("ratelimit")).isEqualTo("\"calls\";r=1;t=1");
    assertThat(anybody(CALL).status()).isEqualTo(200);
    assertThat(anybody(CALL).status()).isEqualTo(429);
    assertThat(post(CALL).header("ratelimit")).isEqualTo("\"calls\";r=4;t=1");
    assertThat(door.used()).containsExactly("key-1234-id");
  }

  @Test
  void aMethodThatTheKeyMayNotCallIsForbiddenAndTakesNothing() throws Exception {
    fixture = door.knows("key-1234", key("a").methods("eth_*").rate(1, 1).record()).fixture();

    Reply refused = post(CALL);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"error\":{\"code\":-32016,"
                + "\"message\":\"the API key may not call this method\"}}");
    Reply batch = post("[" + CALL + "," + CALL.replace("\"m\"", "\"eth_x\"") + "]");
    assertThat(batch.status()).isEqualTo(200);
    assertThat(batch.body()).contains("may not call this method", "[7]");
    assertThat(door.usage.collect())
        .extracting(Used::method, used -> used.sums().calls(), used -> used.sums().errors())
        .containsExactly(tuple("other", 3L, 2L));
  }

  private EdgeFixture.Waiting waiting() {
    Await.until(() -> !fixture.waiting.isEmpty());
    return fixture.waiting.remove();
  }

  private void pass(Duration time) {
    door.nanos.addAndGet(time.toNanos());
  }

  private static String numbered(int id) {
    return CALL.replace("\"mine\"", Integer.toString(id));
  }

  private Reply post(String body) throws Exception {
    return post("key-1234", body);
  }

  private Reply post(String key, String body) throws Exception {
    try (RawClient client = fixture.client()) {
      return client.say(RawClient.post("/", body, "X-Api-Key: " + key)).reply();
    }
  }

  private Reply anybody(String body) throws Exception {
    try (RawClient client = fixture.client()) {
      return client.say(RawClient.post("/", body)).reply();
    }
  }
}
