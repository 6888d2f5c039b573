package dev.tenfold.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenfold.gateway.access.ApiKey;
import dev.tenfold.gateway.accounts.Database;
import dev.tenfold.gateway.accounts.DatabaseUrl;
import dev.tenfold.gateway.accounts.MortalPostgres;
import dev.tenfold.gateway.accounts.SchemaTooNewException;
import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.config.ConfigFlags;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with users and keys, or with a database that is not there. */
@Timeout(120)
class GatewayAccountsTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";
  private static final String USER = "{\"id\":\"alice\",\"name\":\"A\",\"email\":\"a@b\"}";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private RawNode node;

  @BeforeEach
  void open() throws Exception {
    node = new RawNode(peer -> {});
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    node.close();
  }

  private Config config(String database, int port, int opsPort) {
    return Config.of(
        """
        server: { port: %d }
        ops: { port: %d, admin-token: "%s" }
        chains: { main: { upstreams: [ { url: "%s" } ] } }
        access: { keys: [ { name: fixed, key: "configured-key" } ] }
        database: { url: "%s" }
        """
            .formatted(port, opsPort, TOKEN, node.url(), database),
        Map.of(),
        ConfigFlags.NONE);
  }

  private Gateway start(String database) {
    return Gateway.start(config(database, 0, 0), folder);
  }

  private int call(Gateway gateway, String key) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + gateway.port() + "/main" + key);
    HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(CALL)).build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  private HttpResponse<String> admin(Gateway gateway, String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.opsPort() + path))
            .header("Authorization", "Bearer " + TOKEN)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private JsonNode keyOfAlice(Gateway gateway) throws Exception {
    assertThat(admin(gateway, "POST", "/v1/users", USER).statusCode()).isEqualTo(201);
    HttpResponse<String> made = admin(gateway, "POST", "/v1/users/alice/keys", "{}");
    assertThat(made.statusCode()).isEqualTo(201);
    return new ObjectMapper().readTree(made.body());
  }

  @Test
  void aKeyWorksAsSoonAsItIsMadeAndNoMoreWhenItIsRevoked() throws Exception {
    try (Gateway gateway = start("sqlite:test.db")) {
      JsonNode key = keyOfAlice(gateway);
      String text = "/" + key.path("key").asText();
      assertThat(call(gateway, text)).isEqualTo(200);
      assertThat(call(gateway, "/configured-key")).isEqualTo(200);
      String path = "/v1/keys/" + key.path("id").asText();
      assertThat(admin(gateway, "DELETE", path, "").statusCode()).isEqualTo(204);
      assertThat(call(gateway, text)).isEqualTo(401);
    }
  }

  @Test
  void usageAndKeysAreThereAfterARestart() throws Exception {
    String text;
    try (Gateway gateway = start("sqlite:test.db")) {
      text = "/" + keyOfAlice(gateway).path("key").asText();
      assertThat(call(gateway, text)).isEqualTo(200);
    }
    try (Gateway gateway = start("sqlite:test.db")) {
      assertThat(call(gateway, text)).isEqualTo(200);
      assertThat(admin(gateway, "GET", "/v1/usage", "").body())
          .contains("\"method\":\"eth_chainId\"")
          .contains("\"calls\":1");
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void assertFree(int port) throws Exception {
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void aGatewayWhoseKeysNobodyUsesMakesNoDatabase() throws Exception {
    try (Gateway gateway = start("sqlite:test.db")) {
      assertThat(gateway.port()).isPositive();
      assertThat(folder.resolve("test.db")).doesNotExist();
    }
  }

  @Test
  void aNewerSchemaIsRefusedAndNothingIsLeftListening() throws Exception {
    try (Database older = new Database(DatabaseUrl.parse("sqlite:test.db", folder))) {
      older.open();
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
              + " checksum, installed_by, execution_time, success)"
              + " VALUES (99, '99', 'x', 'SQL', 'V99__x.sql', 1, 'x', 1, true)");
    }
    int port = freePort();
    int opsPort = freePort();
    assertThatExceptionOfType(SchemaTooNewException.class)
        .isThrownBy(() -> Gateway.start(config("sqlite:test.db", port, opsPort), folder))
        .withMessageContaining("schema version 99");
    assertFree(port);
    assertFree(opsPort);
  }

  @Test
  void aDatabaseThatCannotBeMadeIsSaid() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Gateway.start(config("sqlite:test.db", 0, 0), file))
        .isInstanceOf(RuntimeException.class)
        .hasMessageMatching(".*(cannot be made|folder of usage: .*" + file + ").*");
  }

  @Test
  void withoutADatabaseThereIsNoApiAndConfiguredKeysWork() throws Exception {
    try (Gateway gateway = start("")) {
      assertThat(admin(gateway, "GET", "/v1/users", "").statusCode()).isEqualTo(404);
      assertThat(call(gateway, "")).isEqualTo(200);
      assertThat(call(gateway, "/configured-key")).isEqualTo(200);
      assertThat(call(gateway, "/another-key")).isEqualTo(401);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aServerThatIsAwayAtTheStartCostsUnknownKeysOnlyAndIsUsedWhenItIsThere() throws Exception {
    String unknown = "/" + ApiKey.random(new SecureRandom()).secret();
    try (MortalPostgres server = new MortalPostgres(folder.resolve("pg"))) {
      server.kill();
      try (Gateway gateway = start(server.text())) {
        assertThat(call(gateway, "")).isEqualTo(200);
        assertThat(call(gateway, "/configured-key")).isEqualTo(200);
        assertThat(admin(gateway, "GET", "/v1/users", "").statusCode()).isEqualTo(503);
        assertThat(call(gateway, unknown)).isEqualTo(503);
        server.start();
        while (admin(gateway, "GET", "/v1/users", "").statusCode() != 200) {
          LockSupport.parkNanos(10_000_000);
          assertThat(Thread.interrupted()).as("it has not happened in time").isFalse();
        }
        String text = "/" + keyOfAlice(gateway).path("key").asText();
        assertThat(call(gateway, text)).isEqualTo(200);
        assertThat(call(gateway, unknown)).isEqualTo(401);
      }
    }
  }
}
