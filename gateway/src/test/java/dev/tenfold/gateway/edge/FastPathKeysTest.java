package dev.tenfold.gateway.edge;

import static dev.tenfold.gateway.access.KeyBuilder.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With keys and limits, too, the fast path says and counts what the ordinary way does. */
@Timeout(120)
class FastPathKeysTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[7]}";
  private static final String ETH = CALL.replace("\"m\"", "\"eth_call\"");
  private static final String WAIT = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"wait\"}";
  private static final String BEARER = "Authorization: Bearer key-1234";
  private static final String PLAIN = "X-Api-Key: key-1234";

  private final KeyedDoor fastDoor = door();
  private final KeyedDoor ordinaryDoor = door();
  private EdgeFixture fast;
  private EdgeFixture ordinary;

  @BeforeEach
  void start() throws Exception {
    fast = fastDoor.fixture(true);
    ordinary = ordinaryDoor.fixture(false);
  }

  @AfterEach
  void stop() {
    fast.close();
    ordinary.close();
  }

  private static KeyedDoor door() {
    return new KeyedDoor()
        .keysMay(new Limits(10, 20, 100, 300, 0, 2))
        .addressesMay(new Limits(0, 0, 1_000_000, 1_000_000, 0, 0))
        .trusts("10.0.0.0/8")
        .knows("key-1234")
        .knows("key-5678")
        .knowsNot("key-none")
        .knowsNot("key%2D1234")
        .knowsNot("key-1234, x")
        .knowsNot("")
        .knows("key-gone", key("gone").revokedAt(Instant.EPOCH).record())
        .knows("key-chain", key("chain").chains("other").record())
        .knows("key-origin", key("origin").origins("https://app.example").record())
        .knows("key-from", key("from").addresses("192.0.2.0/24").record())
        .knows("key-here", key("here").addresses("127.0.0.0/8").record())
        .knows("key-eth", key("eth").methods("eth_*").record())
        .knows("key-slow", key("slow").rate(1, 3).record());
  }

  static List<String> plain() {
    return List.of(
        RawClient.post("/main/key-1234", CALL),
        RawClient.post("/", CALL, BEARER),
        RawClient.post("/main", CALL, BEARER.toLowerCase(Locale.ROOT)),
        RawClient.post("/", CALL, BEARER.replace("Bearer", "bEARER")),
        RawClient.post("/", CALL, PLAIN),
        RawClient.post("/", CALL, "x-api-key:key-1234"),
        RawClient.post("/", batch(CALL, 5), PLAIN),
        RawClient.post("/", batch(ETH, 5), PLAIN),
        RawClient.post("/", CALL, PLAIN, "X-Forwarded-For: 192.0.2.7"),
        RawClient.post("/", CALL, "X-Api-Key: key-here"),
        RawClient.post("/", ETH, "X-Api-Key: key-eth"),
        RawClient.post("/", batch(CALL, 3), "X-Api-Key: key-slow"),
        RawClient.post("/", CALL),
        RawClient.post("/", CALL, PLAIN)
            + RawClient.post("/", CALL, "X-Api-Key: key-5678")
            + RawClient.post("/main/key-1234", CALL));
  }

  static List<String> others() {
    return List.of(
        RawClient.post("/main/key-none", CALL),
        RawClient.post("/", CALL, "X-Api-Key: key-none"),
        RawClient.post("/", CALL, "X-Api-Key: key-gone"),
        RawClient.post("/", CALL, "X-Api-Key: tenfold_mistyped"),
        RawClient.post("/", CALL, "X-Api-Key: key-chain"),
        RawClient.post("/", CALL, "X-Api-Key: key-origin"),
        RawClient.post("/", CALL, "X-Api-Key: key-origin", "Origin: https://app.example"),
        RawClient.post("/", CALL, "X-Api-Key: key-from"),
        RawClient.post("/", CALL, "X-Api-Key: key-from", "X-Forwarded-For: 192.0.2.7"),
        RawClient.post("/", CALL, "X-Api-Key: key-eth"),
        RawClient.post("/", batch(CALL, 4), "X-Api-Key: key-slow"),
        RawClient.post("/main/key-1234", CALL, PLAIN),
        RawClient.post("/main/key-1234/", CALL),
        RawClient.post("/main/", CALL),
        RawClient.post("/key-1234", CALL),
        RawClient.post("/main/key%2D1234", CALL),
        RawClient.post("/", CALL, PLAIN, BEARER),
        RawClient.post("/", CALL, PLAIN, PLAIN),
        RawClient.post("/", CALL, "X-Api-Key:"),
        RawClient.post("/", CALL, "Authorization: Bearer"),
        RawClient.post("/", CALL, "Authorization: Basic key-1234"),
        RawClient.post("/", CALL, "Authorization: Bearer  key-1234"),
        RawClient.post("/", CALL, "X-Api-Key: key-1234 "),
        RawClient.post("/", CALL, "X-Api-Key: key-1234, x"));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void aPlainRequestGetsAndCostsWhatItDoesOnTheOrdinaryWay(String request) throws Exception {
    long before = fast.fastHits.get();
    assertSame(request);
    assertThat(fast.fastHits.get() - before).as("calls that took it").isPositive();
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNotPlainOrNotLetThroughGoesTheOrdinaryWay(String request) throws Exception {
    assertSame(request);
    assertThat(fast.fastHits.get()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void untilTheLimitAndBeyondBothSayAndCountTheSame(int members) throws Exception {
    Random random = new Random(members);
    for (int i = 0; i < 60; i++) {
      assertSame(RawClient.post("/", batch(i % 3 == 0 ? ETH : CALL, members), PLAIN));
      long nanos = random.nextLong(TimeUnit.MILLISECONDS.toNanos(100L * members));
      fastDoor.nanos.addAndGet(nanos);
      ordinaryDoor.nanos.addAndGet(nanos);
    }
    assertThat(fast.fastHits.get()).isBetween(10L, 60L * members - 1);
  }

  @Test
  void aBatchHalfOverTheLimitGoesTheOrdinaryWayAndNothingIsTakenTwice() throws Exception {
    String half = RawClient.post("/", batch(CALL, 5), "X-Api-Key: key-slow");
    assertThat(all(fast, half)).contains("limit exceeded", "r=0;t=3", "[7]");
    assertThat(fast.fastHits.get()).isZero();
    assertThat(fastDoor.usage.collect())
        .singleElement()
        .satisfies(
            used -> {
              assertThat(used.sums().calls()).isEqualTo(5);
              assertThat(used.sums().hits()).isEqualTo(3);
              assertThat(used.sums().errors()).isEqualTo(2);
            });
    assertThat(all(ordinary, half)).contains("r=0;t=3");
    assertThat(ordinaryDoor.usage.collect()).hasSize(1);
    fastDoor.nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    ordinaryDoor.nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertSame(half);
    assertThat(fastDoor.usage.collect()).isEmpty();
  }

  @Test
  void whileAllPermitsAreTakenAHitIsRefusedOnBothWays() throws Exception {
    for (EdgeFixture fixture : List.of(fast, ordinary)) {
      for (int i = 0; i < 2; i++) {
        RawClient client = fixture.client();
        client.say(RawClient.post("/", WAIT, PLAIN));
        Await.until(() -> !fixture.waiting.isEmpty());
        fixture.waiting.remove();
      }
    }
    assertSame(RawClient.post("/", CALL, PLAIN));
    assertThat(all(fast, RawClient.post("/", CALL, PLAIN))).contains("2 calls at once");
    assertThat(fast.fastHits.get()).isZero();
  }

  @Test
  void aKeyThatIsRevokedIsRefusedOnAConnectionThatItHasUsed() throws Exception {
    try (RawClient client = fast.client()) {
      assertThat(client.say(RawClient.post("/", CALL, PLAIN)).reply().status()).isEqualTo(200);
      fastDoor.knowsNot("key-1234");
      assertThat(client.say(RawClient.post("/", CALL, PLAIN)).reply().status()).isEqualTo(401);
    }
    assertThat(fast.fastHits.get()).isOne();
  }

  @Test
  void keysThatTakeTurnsOnAConnectionAreToldApart() throws Exception {
    try (RawClient client = fast.client()) {
      for (int i = 0; i < 6; i++) {
        String key = i % 2 == 0 ? "key-1234" : "key-5678";
        client.say(RawClient.post("/main/" + key, CALL)).reply();
        assertThat(fastDoor.used()).containsExactly(key + "-id");
        client.say(RawClient.post("/", CALL)).reply();
        assertThat(fastDoor.used()).as("without a key").isEmpty();
      }
    }
    assertThat(fast.fastHits.get()).isEqualTo(12);
  }

  /** The same bytes, the same usage, and what is left the same afterwards. */
  private void assertSame(String request) throws Exception {
    assertThat(all(fast, request)).as(request).isEqualTo(all(ordinary, request));
    assertThat(new HashSet<>(fastDoor.usage.collect()))
        .as(request)
        .isEqualTo(new HashSet<>(ordinaryDoor.usage.collect()));
    assertThat(fast.seen).as(request).containsExactlyElementsOf(ordinary.seen);
  }

  /** All that the server says until it closes, to a client that says no more. */
  private static String all(EdgeFixture server, String request) throws Exception {
    try (RawClient client = server.client()) {
      client.say(request.getBytes(StandardCharsets.ISO_8859_1)).endsHere();
      return client.everything();
    }
  }

  private static String batch(String call, int members) {
    return "[" + (call + ",").repeat(members - 1) + call + "]";
  }
}
