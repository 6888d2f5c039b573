package dev.tenfold.gateway.edge;

import static dev.tenfold.gateway.access.KeyBuilder.key;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.tenfold.gateway.access.ApiKey;
import dev.tenfold.gateway.access.KeyDirectory.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Whatever a key is worth, and wherever it stands: nothing that the edge says has its text. */
@Timeout(60)
@Isolated("reads what all log")
class EdgeSecretsTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[7]}";

  /** A part of each key of the test. */
  private static final String MARK = "s3cr3t";

  private static final String ISSUED = ApiKey.random(new SecureRandom()).secret();

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final KeyedDoor door = new KeyedDoor();
  private EdgeFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture =
        door.knows(MARK + "-good")
            .knows(ISSUED, key("issued").record())
            .knowsNot(MARK + "-none")
            .says(MARK + "-away", Unavailable.NOW)
            .knows(MARK + "-gone", key("gone").revokedAt(Instant.EPOCH).record())
            .knows(MARK + "-over", key("over").expiresAt(Instant.EPOCH).record())
            .knows(MARK + "-chain", key("chain").chains("other").record())
            .knows(MARK + "-method", key("method").methods("eth_*").record())
            .knows(MARK + "-rate", key("rate").rate(1, 1).record())
            .knows(MARK + "-odd", key("odd").addresses("nonsense").record())
            .fixture();
    lines.start();
    root.setLevel(Level.DEBUG);
    root.addAppender(lines);
  }

  @AfterEach
  void stop() {
    root.detachAppender(lines);
    root.setLevel(before);
    fixture.close();
  }

  @Test
  void noReplyNoLineOfAnyLogAndNoEntryHasIt() throws Exception {
    List<String> said = new ArrayList<>();
    List<String> keys = new ArrayList<>(List.of(ISSUED, ISSUED + MARK, "tenfold_" + MARK));
    for (String ending :
        List.of("good", "none", "away", "gone", "over", "chain", "method", "rate", "rate", "odd")) {
      keys.add(MARK + "-" + ending);
    }
    for (String key : keys) {
      for (String request : requests(key)) {
        said.add(everything(request));
      }
    }
    door.lookups.forEach(lookup -> lookup.fail("planted"));
    Await.until(() -> fixture.logged.size() >= 100);

    assertThat(said).hasSize(keys.size() * 11).noneMatch(EdgeSecretsTest::leaks);
    assertThat(said.stream().filter(reply -> reply.startsWith("HTTP/1.1 200"))).isNotEmpty();
    assertThat(said.stream().filter(reply -> reply.contains(" 401 "))).isNotEmpty();
    assertThat(fixture.logged).noneMatch(entry -> leaks(entry.toString()));
    assertThat(new ArrayList<>(lines.list)).noneMatch(EdgeSecretsTest::leaks);
    assertThat(door.usage.collect()).isNotEmpty();
  }

  /** The key wherever it can stand, also where it does not belong. */
  private static List<String> requests(String key) {
    return List.of(
        RawClient.post("/main/" + key, CALL),
        RawClient.post("/", CALL, "Authorization: Bearer " + key),
        RawClient.post("/", CALL, "X-Api-Key: " + key),
        RawClient.post("/main/" + key, CALL, "X-Unheard-Of: 1"),
        RawClient.post("/main/" + key + "?key=" + key, "{"),
        RawClient.post("/nowhere/" + key, CALL),
        RawClient.post("/" + key, CALL),
        RawClient.post("/main/" + key + "/more", CALL),
        RawClient.post("/main/" + key, CALL.replace("\"m\"", "\"break\"")),
        "GET /main/" + key + " HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /main/" + key + " HTTP/1.1\r\nHost: x\r\nbad header " + key + "\r\n\r\n");
  }

  private String everything(String request) throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(request.getBytes(StandardCharsets.ISO_8859_1)).endsHere();
      return client.everything();
    }
  }

  private static boolean leaks(String text) {
    return text.contains(MARK) || text.contains(ISSUED.substring(ApiKey.PREFIX.length()));
  }

  private static boolean leaks(ILoggingEvent line) {
    return leaks(line.getFormattedMessage())
        || (line.getThrowableProxy() != null
            && leaks(ThrowableProxyUtil.asString(line.getThrowableProxy())));
  }
}
