package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users, keys, limits and usage of the program as people run it, on SQLite. */
@Timeout(180)
final class KeysTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String LOGGED = "ops: { access-log: stdout }\n";
  private final Setup setup = new Setup();

  @AfterEach
  void stop() {
    setup.close();
  }

  private static URI with(TenfoldProcess tenfold, String key) {
    return tenfold.url().resolve("/main/" + key);
  }

  @Test
  void fromTheFirstUserToItsUsageByCommands() {
    TenfoldProcess tenfold = setup.tenfold(setup.simNode().url());
    tenfold.command("users", "add", "--id", "alice", "--name", "Alice", "--email", "a@example.com");
    String made = tenfold.command("keys", "add", "alice", "--name", "web", "--rate", "50");
    String key = made.substring(made.indexOf("tenfold_")).strip();
    assertThat(JsonRpcClient.call(with(tenfold, key), "eth_chainId", "[]").hasResult()).isTrue();

    assertThat(tenfold.command("users", "list")).contains("alice", "a@example.com");
    assertThat(tenfold.command("keys", "list")).contains("web").doesNotContain(key);
    Eventually.until(
        "usage is written", PATIENCE, () -> tenfold.command("usage").contains("eth_chainId"));
    assertThat(tenfold.command("usage", "--json")).contains("\"calls\" : 1");
  }

  @Test
  void manyUsersComeFromAFile() throws Exception {
    TenfoldProcess tenfold = setup.tenfold(setup.simNode().url());
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append("{\"name\":\"N\",\"email\":\"user-%d@example.com\"}%n".formatted(i));
    }
    Path file = Files.writeString(tenfold.data().resolve("users.ndjson"), lines);

    assertThat(tenfold.command("users", "import", file.toString())).contains("20000 users");
    assertThat(new AdminClient(tenfold).get("/v1/users?limit=1000").path("items")).hasSize(1000);
  }

  @Test
  void noOutputOrFileHasAKeyOrTheToken() throws Exception {
    TenfoldProcess tenfold = setup.tenfold(LOGGED, setup.simNode().url());
    AdminClient admin = new AdminClient(tenfold);
    JsonNode key = admin.key("bob", "{\"rate\":2}");
    String text = key.path("key").asText();
    String wrong = text.substring(0, text.length() - 1) + "#";
    for (int i = 0; i < 5; i++) {
      JsonRpcClient.call(with(tenfold, text), "eth_blockNumber", "[]");
    }
    JsonRpcClient.Answer unknown =
        JsonRpcClient.call(with(tenfold, wrong.replace('#', 'x')), "a", "[]");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.body()).doesNotContain(text.substring(0, 20));
    Eventually.until("usage is written", PATIENCE, () -> admin.calls(key.path("id").asText()) == 5);
    String token = Files.readString(tenfold.data().resolve("admin-token")).strip();

    for (String page :
        List.of("/metrics", "/stats", "/misses", "/v1/keys", "/v1/usage", "/v1/users")) {
      HttpResponse<String> shown = admin.ask("GET", page, "");
      assertThat(shown.body()).as(page).doesNotContain(text.substring(0, 20)).doesNotContain(token);
    }
    tenfold.process().signal("TERM");
    assertThat(tenfold.process().awaitExit(PATIENCE)).isZero();
    assertThat(tenfold.printed())
        .contains("eth_blockNumber")
        .doesNotContain(text)
        .doesNotContain(token);
    try (Stream<Path> files = Files.walk(tenfold.data()).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(text);
        if (!file.endsWith("admin-token")) {
          assertThat(content).as(file.toString()).doesNotContain(token);
        }
      }
    }
  }

  @Test
  void overItsRateACallerIsToldWhenToComeAgain() throws Exception {
    TenfoldProcess tenfold = setup.tenfold(setup.simNode().url());
    String key =
        new AdminClient(tenfold).key("carol", "{\"rate\":1,\"burst\":3}").path("key").asText();
    List<Integer> statuses =
        Stream.generate(() -> JsonRpcClient.call(with(tenfold, key), "eth_chainId", "[]").status())
            .limit(8)
            .toList();

    assertThat(statuses).startsWith(200, 200, 200).contains(429);
    JsonRpcClient.Answer refused = JsonRpcClient.call(with(tenfold, key), "eth_chainId", "[]");
    assertThat(refused.body()).contains("-32005", "1 calls a second");
  }

  @Test
  void aCleanStopLosesNoUsageAndAKillAtMostWhatWasNotWrittenYet() throws Exception {
    URI node = setup.simNode().url();
    TenfoldProcess first = setup.tenfold(node);
    JsonNode key = new AdminClient(first).key("dave", "{}");
    String id = key.path("id").asText();
    for (int i = 0; i < 100; i++) {
      JsonRpcClient.call(with(first, key.path("key").asText()), "eth_chainId", "[]");
    }
    first.process().signal("TERM");
    assertThat(first.process().awaitExit(PATIENCE)).isZero();

    TenfoldProcess second = setup.tenfoldIn(first.data(), "", node);
    AdminClient admin = new AdminClient(second);
    assertThat(admin.calls(id)).isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      JsonRpcClient.call(with(second, key.path("key").asText()), "eth_chainId", "[]");
    }
    Eventually.until("usage is written", PATIENCE, () -> admin.calls(id) == 200);
    for (int i = 0; i < 50; i++) {
      JsonRpcClient.call(with(second, key.path("key").asText()), "eth_chainId", "[]");
    }
    second.process().signal("KILL");
    second.process().awaitExit(PATIENCE);

    TenfoldProcess third = setup.tenfoldIn(first.data(), "", node);
    Eventually.until(
        "what was on disk is written", PATIENCE, () -> new AdminClient(third).calls(id) >= 200);
    assertThat(new AdminClient(third).calls(id)).isBetween(200L, 250L);
  }
}
