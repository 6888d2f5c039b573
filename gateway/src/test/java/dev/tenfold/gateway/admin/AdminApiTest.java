package dev.tenfold.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenfold.gateway.access.Limits;
import dev.tenfold.gateway.access.Tiers;
import dev.tenfold.gateway.accounts.Accounts;
import dev.tenfold.gateway.accounts.Database;
import dev.tenfold.gateway.accounts.DatabaseUrl;
import dev.tenfold.gateway.accounts.UsageChunk;
import dev.tenfold.gateway.accounts.UsageRow;
import dev.tenfold.gateway.accounts.UsageStore;
import dev.tenfold.gateway.ops.AdminToken;
import dev.tenfold.gateway.ops.OpsGuard;
import dev.tenfold.gateway.ops.OpsServer;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin API over HTTP, each answer held against the OpenAPI document. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminApiTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final Limits FREE = new Limits(5, 0, 0, 0, 0, 0);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Contract contract = new Contract();
  private final ObjectMapper mapper = new ObjectMapper();
  private Database database;
  private UsageStore usage;
  private KeyRules rules;
  private OpsServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    database = new Database(DatabaseUrl.parse("sqlite:test.db", folder));
    database.open();
    Accounts accounts = new Accounts(database, InstantSource.system());
    usage = new UsageStore(database, InstantSource.system());
    OpsGuard guard = new OpsGuard("127.0.0.1", AdminToken.of(TOKEN));
    rules = new KeyRules(Set.of("main"), new Tiers(Map.of("free", FREE), Limits.NONE, Limits.NONE));
    AdminApi api = new AdminApi(vertx, guard, () -> {}, accounts, usage, rules);
    server =
        OpsServer.start(vertx, "127.0.0.1", 0, Map.of(), Map.of(AdminApi.PATH, api), guard).await();
  }

  @AfterAll
  void stop() {
    vertx.close().await();
    database.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + TOKEN)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private JsonNode expect(int status, String method, String template, String path, String body)
      throws Exception {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return contract.check(method, template, response);
  }

  private JsonNode user(String id) throws Exception {
    String body = "{\"id\":\"%s\",\"name\":\"N\",\"email\":\"%s@example.com\"}".formatted(id, id);
    return expect(201, "POST", "/v1/users", "/v1/users", body);
  }

  private JsonNode key(String user, String body) throws Exception {
    return expect(201, "POST", "/v1/users/{id}/keys", "/v1/users/" + user + "/keys", body);
  }

  @Test
  void theDocumentHasEachRouteAndNoOther() {
    Set<String> routes =
        AdminApi.routes(new Accounts(database, InstantSource.system()), usage, rules).stream()
            .map(route -> route.method() + " " + route.template())
            .collect(Collectors.toSet());
    assertThat(contract.operations()).isEqualTo(routes);
  }

  @Test
  void theDocumentIsServed() throws Exception {
    JsonNode document = expect(200, "GET", "/v1/openapi.json", "/v1/openapi.json", "");
    assertThat(document.path("openapi").asText()).startsWith("3.1");
  }

  @Test
  void aUserIsMadeFoundChangedAndDeleted() throws Exception {
    JsonNode made = user("alice");
    assertThat(made.path("created_at").asText()).endsWith("Z");
    JsonNode found = expect(200, "GET", "/v1/users/{id}", "/v1/users/alice", "");
    assertThat(found).isEqualTo(made);
    JsonNode changed =
        expect(200, "PATCH", "/v1/users/{id}", "/v1/users/alice", "{\"name\":\"Other\"}");
    assertThat(changed.path("name").asText()).isEqualTo("Other");
    expect(204, "DELETE", "/v1/users/{id}", "/v1/users/alice", "");
    expect(404, "GET", "/v1/users/{id}", "/v1/users/alice", "");
    expect(404, "DELETE", "/v1/users/{id}", "/v1/users/alice", "");
  }

  @Test
  void aUserWithoutAnIdGetsOne() throws Exception {
    JsonNode made =
        expect(
            201, "POST", "/v1/users", "/v1/users", "{\"name\":\"N\",\"email\":\"no@id.example\"}");
    assertThat(made.path("id").asText()).matches("[0-9a-f-]{14}7.*");
  }

  @Test
  void whatIsTakenIsAConflictThatNamesTheField() throws Exception {
    user("taken");
    JsonNode problem =
        expect(
            409,
            "POST",
            "/v1/users",
            "/v1/users",
            "{\"id\":\"another\",\"name\":\"N\",\"email\":\"TAKEN@example.com\"}");
    assertThat(problem.path("field").asText()).isEqualTo("email");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"N\"} | email",
        "{\"name\":1,\"email\":\"a@b\"} | name",
        "{\"name\":\"N\",\"email\":\"none\"} | email",
        "{\"id\":\"a b\",\"name\":\"N\",\"email\":\"a@b\"} | id",
      })
  void aWrongFieldIsNamed(String body, String field) throws Exception {
    JsonNode problem = expect(400, "POST", "/v1/users", "/v1/users", body);
    assertThat(problem.path("field").asText()).isEqualTo(field);
    assertThat(contract.problemsOfRequest("POST", "/v1/users", mapper.readTree(body)))
        .as("the document refuses it too, or leaves the form to the server")
        .satisfiesAnyOf(
            problems -> assertThat(problems).isNotEmpty(),
            problems -> assertThat(field).isEqualTo("email"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "{\"name\":\"N\",\"email\":\"a@b\",\"admin\":true}",
        "{\"name\":\"N\",\"name\":\"M\",\"email\":\"a@b\"}",
        "{\"name\":\"N\",\"email\":\"a@b\"} x"
      })
  void whatIsNoUserIsRefused(String body) throws Exception {
    JsonNode problem = expect(400, "POST", "/v1/users", "/v1/users", body);
    assertThat(problem.path("detail").asText()).isNotEmpty();
  }

  @Test
  void aBodyOfMoreThanAMebibyteIsRefused() throws Exception {
    String body = "{\"name\":\"" + "x".repeat(1 << 20) + "\",\"email\":\"a@b\"}";
    expect(413, "POST", "/v1/users", "/v1/users", body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "%s"})
  void manyUsersAreMadeOfAnArrayAndOfLines(String form) throws Exception {
    String prefix = form.startsWith("[") ? "array" : "lines";
    String rows =
        IntStream.range(0, 2_500)
            .mapToObj(
                i ->
                    "{\"id\":\"%s-%d\",\"name\":\"N\",\"email\":\"%s-%d@b\"}"
                        .formatted(prefix, i, prefix, i))
            .collect(Collectors.joining(form.startsWith("[") ? "," : "\n"));
    JsonNode made = expect(201, "POST", "/v1/users:batch", "/v1/users:batch", form.formatted(rows));
    assertThat(made.path("created").asInt()).isEqualTo(2_500);
    expect(200, "GET", "/v1/users/{id}", "/v1/users/" + prefix + "-2499", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"id\":\"b1\",\"name\":\"N\",\"email\":\"b1@b\"},{\"name\":\"N\",\"email\":\"none\"}] |"
            + " 400 | 2",
        "[{\"id\":\"b1\",\"name\":\"N\",\"email\":\"b1@b\"},{\"id\":\"b1\",\"name\":\"N\",\"email\":\"b2@b\"}]"
            + " | 409 | 2",
        "[{\"id\":\"b1\",\"name\":\"N\",\"email\":\"b1@b\"},{\"name\":\"N\" | 400 | 2",
        "[{\"id\":\"b1\",\"name\":\"N\",\"email\":\"b1@b\"},{\"mail\":\"N\"}] | 400 | 2",
      })
  void aBatchWithAWrongRowMakesNobody(String body, int status, int row) throws Exception {
    JsonNode problem = expect(status, "POST", "/v1/users:batch", "/v1/users:batch", body);
    assertThat(problem.path("row").asInt()).isEqualTo(row);
    assertThat(problem.path("detail").asText()).startsWith("row " + row + ":");
    expect(404, "GET", "/v1/users/{id}", "/v1/users/b1", "");
  }

  @Test
  void usersComeInPages() throws Exception {
    for (String id : List.of("page-1", "page-2", "page-3")) {
      user(id);
    }
    JsonNode first = expect(200, "GET", "/v1/users", "/v1/users?limit=2&after=page-", "");
    assertThat(first.path("items")).hasSize(2);
    assertThat(first.path("next").asText()).isEqualTo("page-2");
    JsonNode second = expect(200, "GET", "/v1/users", "/v1/users?limit=2&after=page-2", "");
    assertThat(second.path("items").path(0).path("id").asText()).isEqualTo("page-3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "limit=-1", "page=2"})
  void aWrongPageIsRefused(String query) throws Exception {
    expect(400, "GET", "/v1/users", "/v1/users?" + query, "");
  }

  @Test
  void aKeyIsIssuedOnceAndThenShownWithoutItsText() throws Exception {
    user("keyed");
    JsonNode issued =
        key(
            "keyed",
            "{\"name\":\"web\",\"rate\":50,\"chains\":[\"main\"],\"addresses\":[\"10.0.0.0/8\"]}");
    String text = issued.path("key").asText();
    assertThat(text).startsWith("tenfold_").endsWith(issued.path("hint").asText());
    assertThat(issued.path("burst").asInt()).isEqualTo(50);
    String id = issued.path("id").asText();
    assertThat(send("GET", "/v1/keys/" + id, "").body()).doesNotContain(text);
    JsonNode listed = expect(200, "GET", "/v1/users/{id}/keys", "/v1/users/keyed/keys", "");
    assertThat(listed.path("items").path(0).path("id").asText()).isEqualTo(id);
    JsonNode rotated =
        expect(
            200,
            "POST",
            "/v1/keys/{id}:rotate",
            "/v1/keys/" + id + ":rotate",
            "{\"overlap_seconds\":60}");
    assertThat(rotated.path("id").asText()).isEqualTo(id);
    assertThat(rotated.path("key").asText()).isNotEqualTo(text);
    JsonNode renamed =
        expect(200, "PATCH", "/v1/keys/{id}", "/v1/keys/" + id, "{\"name\":\"app\"}");
    assertThat(renamed.path("name").asText()).isEqualTo("app");
    expect(204, "DELETE", "/v1/keys/{id}", "/v1/keys/" + id, "");
    JsonNode revoked = expect(200, "GET", "/v1/keys/{id}", "/v1/keys/" + id, "");
    assertThat(revoked.path("revoked_at").isTextual()).isTrue();
    expect(409, "POST", "/v1/keys/{id}:rotate", "/v1/keys/" + id + ":rotate", "");
  }

  @Test
  void aKeyNeedsNoBody() throws Exception {
    user("bare");
    assertThat(key("bare", "").path("rate").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tier\":\"gold\"} | tier",
        "{\"chains\":[\"other\"]} | chains",
        "{\"addresses\":[\"localhost\"]} | addresses",
        "{\"methods\":[\"a b\"]} | methods",
        "{\"origins\":[\"app.example\"]} | origins",
        "{\"burst\":5} | burst",
        "{\"rate\":1.5} | rate",
        "{\"expires_at\":\"tomorrow\"} | expires_at",
        "{\"methods\":[1]} | methods",
        "{\"expires_at\":\"2020-01-01T00:00:00Z\"} | expires_at",
      })
  void aKeyThatCouldNotWorkIsRefused(String body, String field) throws Exception {
    JsonNode problem = expect(400, "POST", "/v1/users/{id}/keys", "/v1/users/nobody/keys", body);
    assertThat(problem.path("field").asText()).isEqualTo(field);
  }

  @Test
  void aKeyOfNobodyIsNotMade() throws Exception {
    expect(404, "POST", "/v1/users/{id}/keys", "/v1/users/nobody/keys", "{}");
  }

  @Test
  void usageIsShownByKeyChainMethodAndHour() throws Exception {
    Instant hour = Instant.parse("2026-11-30T12:00:00Z");
    usage.write(
        List.of(
            new UsageChunk(
                "0190163d-8694-739b-aea5-966c26f8ad90",
                List.of(
                    new UsageRow("k1", "main", "eth_call", hour, 10, 8, 1, 200, 999, 160, 8500)))));
    JsonNode rows = expect(200, "GET", "/v1/usage", "/v1/usage?key=k1", "").path("items");
    assertThat(rows).hasSize(1);
    assertThat(rows.path(0).path("saved").path("upstream_ms").asDouble()).isEqualTo(8.5);
    assertThat(rows.path(0).path("hits").asInt()).isEqualTo(8);
    assertThat(
            expect(200, "GET", "/v1/usage", "/v1/usage?key=k1&to=2026-11-30T12:00:00Z", "")
                .path("items"))
        .isEmpty();
    expect(400, "GET", "/v1/usage", "/v1/usage?from=yesterday", "");
  }

  @Test
  void whatIsNotThereIsAProblemToo() throws Exception {
    HttpResponse<String> nowhere = send("GET", "/v1/nowhere", "");
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(nowhere.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    HttpResponse<String> put = send("PUT", "/v1/users/x", "");
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow")).hasValue("GET, PATCH, DELETE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host: localhost | 401",
        "Host: localhost\\r\\nAuthorization: Bearer wrong | 401",
        "Host: localhost\\r\\nAuthorization: Bearer 0123456789abcdef | 200",
        "Host: evil.example\\r\\nAuthorization: Bearer 0123456789abcdef | 403",
        "Host: localhost\\r"
            + "\\n"
            + "Authorization: Bearer 0123456789abcdef\\r"
            + "\\n"
            + "Sec-Fetch-Site: cross-site | 403",
        "Host: localhost\\r"
            + "\\n"
            + "Authorization: Bearer 0123456789abcdef\\r"
            + "\\n"
            + "Origin: https://evil.example | 403",
        "Host: localhost\\r"
            + "\\n"
            + "Authorization: Bearer 0123456789abcdef\\r"
            + "\\n"
            + "Origin: http://localhost | 200",
      })
  void onlyWhoShowsTheTokenAndMeansItIsLetIn(String headers, int status) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request =
          "GET /v1/users HTTP/1.1\r\n"
              + headers.replace("\\r\\n", "\r\n")
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String reply =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(reply).startsWith("HTTP/1.1 " + status).doesNotContain(TOKEN);
    }
  }
}
