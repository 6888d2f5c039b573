package dev.tenfold.gateway.edge;

import static dev.tenfold.gateway.access.KeyBuilder.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.KeyDirectory.Found;
import dev.tenfold.gateway.access.KeyDirectory.Lookup;
import dev.tenfold.gateway.access.KeyDirectory.Unavailable;
import dev.tenfold.gateway.access.KeyDirectory.Unknown;
import dev.tenfold.gateway.edge.RawClient.Reply;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what one who is not is told. */
@Timeout(60)
class EdgeKeysTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[7]}";

  /** A field that no plain request has. */
  private static final String ORDINARY = "X-Unheard-Of: 1";

  private final KeyedDoor door = new KeyedDoor();

  @SuppressWarnings("NullAway.Init") // each test opens its own
  private EdgeFixture fixture;

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/main/key-1234, X-Request-Id: 1",
    "/, Authorization: Bearer key-1234",
    "/main, authorization: bearer key-1234",
    "/main, AUTHORIZATION: BEARER key-1234",
    "/, Authorization: Bearer   key-1234  ",
    "/, X-Api-Key: key-1234",
    "/main, x-API-key:key-1234 ",
    "/main/key-1234?a=b, X-Request-Id: 1"
  })
  void aKeyIsFoundWhereverItStands(String path, String header) throws Exception {
    fixture = door.requiresKeys().knows("key-1234").fixture();
    for (String way : List.of("X-Request-Id: 2", ORDINARY)) {
      assertThat(post(path, header, way).status()).isEqualTo(200);
      assertThat(door.used()).containsExactly("key-1234-id");
    }
  }

  @Test
  void thePathGoesBeforeBearerAndThatBeforeXApiKey() throws Exception {
    fixture = door.knows("key-path").knows("key-bearer").knows("key-plain").fixture();
    String bearer = "Authorization: Bearer key-bearer";
    String plain = "X-Api-Key: key-plain";

    assertThat(post("/main/key-path", plain, bearer).status()).isEqualTo(200);
    assertThat(door.used()).containsExactly("key-path-id");
    assertThat(post("/main", plain, bearer).status()).isEqualTo(200);
    assertThat(door.used()).containsExactly("key-bearer-id");
    assertThat(post("/main", plain, "Authorization: Basic dTpw").status()).isEqualTo(200);
    assertThat(door.used()).containsExactly("key-plain-id");
  }

  @Test
  void aBetterKeyBehindOneThatIsRefusedDoesNotHelp() throws Exception {
    fixture = door.knowsNot("key-path").knows("key-plain").fixture();

    assertThat(post("/main/key-path", "X-Api-Key: key-plain").status()).isEqualTo(401);
  }

  @Test
  void withoutAKeyWhereOneIsNeededOneIsTold() throws Exception {
    fixture = door.requiresKeys().fixture();

    for (String header : List.of("Accept: */*", "Authorization: Basic dTpw", "Authorization:")) {
      Reply reply = post("/", header);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("www-authenticate")).isEqualTo("Bearer realm=\"tenfold\"");
      assertThat(reply.header("cache-status")).isEqualTo("Tenfold; detail=refused");
      assertThat(reply.body()).isEqualTo(error(-32016, "an API key is needed"));
    }
    assertThat(fixture.seen).isEmpty();
  }

  @Test
  void anUnknownAMistypedAndARevokedKeyAreRefused() throws Exception {
    fixture =
        door.knowsNot("key-1234")
            .knows("key-gone", key("gone").revokedAt(Instant.EPOCH).record())
            .fixture();

    assertRefused(post("/main/key-1234"), 401, "the API key is not known");
    assertRefused(post("/", "X-Api-Key: key-gone"), 401, "the API key was revoked");
    assertRefused(
        post("/", "Authorization: Bearer tenfold_x"),
        401,
        "the API key is mistyped: its checksum is wrong");
    assertThat(post("/main/key-1234").header("www-authenticate")).startsWith("Bearer");
    assertThat(fixture.seen).isEmpty();
    assertThat(door.lookups).isEmpty();
  }

  @Test
  void aKeyThatMayNotIsForbidden() throws Exception {
    fixture =
        door.knows("key-chain", key("a").chains("other").record())
            .knows("key-origin", key("b").origins("https://app.example").record())
            .knows("key-from", key("c").addresses("192.0.2.0/24").record())
            .fixture();

    assertRefused(post("/main/key-chain"), 403, "the API key may not use this chain");
    assertThat(post("/other/key-chain").status()).isEqualTo(200);
    assertRefused(post("/main/key-origin"), 403, "the API key may not be used from this origin");
    assertThat(post("/main/key-origin", "Origin: https://app.example").status()).isEqualTo(200);
    assertRefused(post("/main/key-from"), 403, "the API key may not be used from this address");
    assertThat(post("/main/key-from").headers()).doesNotContainKey("www-authenticate");
  }

  @Test
  void whileTheDirectoryIsAwayKnownKeysGoOnAndOthersAreNotCalledUnknown() throws Exception {
    fixture = door.knows("key-known").says("key-other", Unavailable.NOW).fixture();

    Reply reply = post("/", "X-Api-Key: key-other");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).isEqualTo(error(-32603, "the API key cannot be looked up now"));
    assertThat(reply.headers()).doesNotContainKey("www-authenticate");
    assertThat(post("/", "X-Api-Key: key-known").status()).isEqualTo(200);
  }

  @Test
  void aKeyIsLookedUpWhileTheBodyArrives() throws Exception {
    fixture = door.fixture();
    String request = RawClient.post("/", CALL, "X-Api-Key: key-1234");
    int half = request.length() - CALL.length() / 2;
    try (RawClient client = fixture.client()) {
      client.say(request.substring(0, half));
      Promise<Lookup> lookup = lookup();
      client.say(request.substring(half));
      lookup.complete(new Found(key("a").record(), null));
      assertThat(client.reply().body()).contains("[7]");
    }
    assertThat(door.used()).containsExactly("a");
  }

  @Test
  void aKeyThatIsFoundBeforeTheBodyIsThereIsServedToo() throws Exception {
    fixture = door.fixture();
    String request = RawClient.post("/", CALL, "X-Api-Key: key-1234");
    int half = request.length() - CALL.length() / 2;
    try (RawClient client = fixture.client()) {
      client.say(request.substring(0, half));
      lookup().complete(new Found(key("a").record(), null));
      client.say(request.substring(half));
      assertThat(client.reply().body()).contains("[7]");
    }
  }

  @Test
  void whatALookupSaysIsWhatTheClientHears() throws Exception {
    fixture = door.fixture();
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", CALL, "X-Api-Key: key-1234"));
      lookup().complete(Unknown.SUCH);
      assertRefused(client.reply(), 401, "the API key is not known");
    }
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", CALL, "X-Api-Key: key-1234"));
      lookup().fail(new IllegalStateException("planted"));
      assertThat(client.reply().status()).isEqualTo(503);
    }
    assertThat(fixture.seen).isEmpty();
  }

  @Test
  void requestsBehindOneThatWaitsForItsKeyKeepTheirOrder() throws Exception {
    fixture = door.knows("key-known").fixture();
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", CALL, "X-Api-Key: key-1234"));
      Promise<Lookup> lookup = lookup();
      client.say(RawClient.post("/", CALL.replace(":1,", ":2,"), "X-Api-Key: key-known"));
      lookup.complete(new Found(key("a").record(), null));
      assertThat(client.reply().body()).contains("\"id\":1,");
      assertThat(client.reply().body()).contains("\"id\":2,");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofAClientThatHangsUpMeanwhileNothingIsHeldAndNothingCalled(boolean whole) throws Exception {
    fixture = door.fixture();
    String padded = CALL + " ".repeat(Holding.FREE_BYTES + 1_000);
    String request = RawClient.post("/", padded, "X-Api-Key: key-1234");
    RawClient client = fixture.client();
    client.say(whole ? request : request.substring(0, request.length() - 1));
    Promise<Lookup> lookup = lookup();
    Await.until(() -> fixture.inFlight.heldBytes() > 0);
    client.close();
    Await.until(() -> fixture.inFlight.heldBytes() == 0);
    lookup.complete(new Found(key("a").record(), null));

    assertThat(post("/").status()).isEqualTo(200);
    assertThat(fixture.seen).hasSize(1);
    assertThat(door.used()).isEmpty();
  }

  @Test
  void aBodyIsNotAskedForBeforeItsKeyIsGood() throws Exception {
    fixture = door.requiresKeys().knows("key-1234").knowsNot("key-none").fixture();
    String head =
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n%s\r\n";
    for (String header : List.of("", "X-Api-Key: key-none\r\n")) {
      try (RawClient client = fixture.client()) {
        Reply reply = client.say(head.formatted(header)).reply();
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("connection")).isEqualTo("close");
      }
    }
    try (RawClient client = fixture.client()) {
      assertThat(client.say(head.formatted("X-Api-Key: key-1234\r\n")).reply().status())
          .isEqualTo(100);
    }
    try (RawClient client = fixture.client()) {
      client.say(head.formatted("X-Api-Key: key-that-is-looked-up\r\n"));
      lookup().complete(Unknown.SUCH);
      assertThat(client.reply().status()).isEqualTo(401);
    }
    try (RawClient client = fixture.client()) {
      client.say(head.formatted("X-Api-Key: key-that-is-looked-up\r\n"));
      lookup().complete(new Found(key("a").record(), null));
      assertThat(client.reply().status()).isEqualTo(100);
    }
  }

  @Test
  void aBrowserMayAskWithAndWithoutAKey() throws Exception {
    fixture = door.requiresKeys().knows("key-1234").fixture();
    String origin = "Origin: https://app.example\r\n";
    for (String path : List.of("/main/key-1234", "/main/key-nobody-knows", "/main", "/")) {
      try (RawClient client = fixture.client()) {
        client.say(
            "OPTIONS "
                + path
                + " HTTP/1.1\r\nHost: x\r\n"
                + origin
                + "Access-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: authorization,x-api-key\r\n\r\n");
        Reply reply = client.reply();
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("access-control-allow-origin")).isEqualTo("https://app.example");
        assertThat(reply.header("access-control-allow-headers")).contains("Authorization", "*");
      }
    }
    Reply refused = post("/", "Origin: https://app.example");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("access-control-allow-origin")).isEqualTo("https://app.example");
    assertThat(door.lookups).isEmpty();
  }

  @Test
  void aRecordThatCannotBeReadIsAFaultOfOursThatIsSaid() throws Exception {
    fixture = door.knows("key-odd", key("a").addresses("nonsense").record()).fixture();

    assertRefusedWith(post("/", "X-Api-Key: key-odd"), 503);
    assertThat(post("/").status()).isEqualTo(200);
  }

  private static void assertRefusedWith(Reply reply, int status) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).contains("\"code\":-32603");
  }

  private Promise<Lookup> lookup() {
    Await.until(() -> !door.lookups.isEmpty());
    return door.lookups.remove();
  }

  private Reply post(String path, String... headers) throws Exception {
    try (RawClient client = fixture.client()) {
      return client.say(RawClient.post(path, CALL, headers)).reply();
    }
  }

  private static void assertRefused(Reply reply, int status, String message) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).isEqualTo(error(-32016, message));
  }

  private static String error(int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
        .formatted(code, message);
  }
}
