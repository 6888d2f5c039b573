package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two gateways on one PostgreSQL, and what callers see when it is away. */
@Timeout(180)
final class KeysOnPostgresTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final Setup setup = new Setup();
  private PostgresProcess postgres;
  private URI node;

  @BeforeEach
  void start() {
    postgres = setup.add(PostgresProcess.start());
    node = setup.simNode().url();
  }

  @AfterEach
  void stop() {
    setup.close();
  }

  private TenfoldProcess gateway() {
    return setup.tenfold(postgres.configuration(), node);
  }

  private static int status(TenfoldProcess gateway, JsonNode key) {
    URI url = gateway.url().resolve("/main/" + key.path("key").asText());
    return JsonRpcClient.call(url, "eth_chainId", "[]").status();
  }

  @Test
  void whatOneGatewayChangesTheOtherSeesWithinASecond() throws Exception {
    TenfoldProcess here = gateway();
    TenfoldProcess there = gateway();
    AdminClient admin = new AdminClient(here);
    JsonNode key = admin.key("alice", "{}");
    assertThat(status(here, key)).isEqualTo(200);
    assertThat(status(there, key)).isEqualTo(200);

    admin.ask("DELETE", "/v1/keys/" + key.path("id").asText(), "");
    assertThat(status(here, key)).as("at once, where it was made").isEqualTo(401);
    Duration took =
        Eventually.until("the other sees it", PATIENCE, () -> status(there, key) == 401);
    assertThat(took).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void whileTheDatabaseIsAwayKnownKeysGoOnAndNoUsageIsLost() throws Exception {
    TenfoldProcess gateway = gateway();
    AdminClient admin = new AdminClient(gateway);
    JsonNode known = admin.key("bob", "{}");
    JsonNode unknown = admin.key("carol", "{}");
    assertThat(status(gateway, known)).isEqualTo(200);

    postgres.kill();
    for (int i = 0; i < 200; i++) {
      assertThat(status(gateway, known)).isEqualTo(200);
    }
    assertThat(status(gateway, unknown))
        .as("not known yet, and not to be found out")
        .isEqualTo(503);
    assertThat(admin.ask("GET", "/v1/users", "").statusCode()).isEqualTo(503);
    postgres.startAgain();

    String id = known.path("id").asText();
    Eventually.until("usage is written", PATIENCE, () -> admin.calls(id) == 201);
    Eventually.until("new keys are found", PATIENCE, () -> status(gateway, unknown) == 200);
    assertThat(admin.calls(id)).as("counted once").isEqualTo(201);
  }

  @Test
  void whatAKilledGatewayHadOnDiskIsWrittenByTheNextOne() throws Exception {
    TenfoldProcess first = gateway();
    JsonNode key = new AdminClient(first).key("dave", "{}");
    assertThat(status(first, key)).isEqualTo(200);
    postgres.kill();
    for (int i = 0; i < 50; i++) {
      status(first, key);
    }
    Eventually.until(
        "usage is on disk",
        PATIENCE,
        () -> {
          String[] files = first.data().resolve("usage-spool").toFile().list();
          return files != null && files.length > 0;
        });
    first.process().signal("KILL");
    first.process().awaitExit(PATIENCE);
    postgres.startAgain();

    TenfoldProcess second = setup.tenfoldIn(first.data(), postgres.configuration(), node);
    AdminClient admin = new AdminClient(second);
    String id = key.path("id").asText();
    Eventually.until("it is written", PATIENCE, () -> admin.calls(id) >= 1);
    Eventually.until(
        "the spool is empty",
        PATIENCE,
        () -> first.data().resolve("usage-spool").toFile().list().length == 0);
    assertThat(admin.calls(id)).isBetween(1L, 51L);
  }
}
