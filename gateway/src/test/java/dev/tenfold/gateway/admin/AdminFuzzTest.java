package dev.tenfold.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.gateway.admin.AdminPort.Answer;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people send who wish the admin API ill. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminFuzzTest {
  private static final String MARK = "fu22";
  private static final Set<Integer> REFUSALS = Set.of(400, 403, 404, 405, 409, 413);

  private AdminPort port;

  @BeforeAll
  void open(@TempDir Path folder) {
    port = new AdminPort(folder);
  }

  @AfterAll
  void close() {
    port.close();
  }

  static List<String> hostile() {
    return List.of(
        MARK + "'; DROP TABLE users; --",
        MARK + "' OR '1'='1",
        MARK + "\" UNION SELECT * FROM api_key_secrets --",
        MARK + "\r\nX-Injected: 1",
        MARK + "\nX-Injected: 1",
        MARK + "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "../../../../etc/passwd" + MARK,
        "..%2f..%2f" + MARK,
        MARK + "/../keys",
        MARK + "\0",
        MARK + "\u001b[31m",
        MARK + "\u202e\ud83d\ude00İ",
        MARK + "%00%0d%0a",
        MARK + "${jndi:ldap://x/y}",
        MARK + "<script>alert(1)</script>",
        MARK + "{\"a\":1}",
        MARK + "?limit=1#x",
        MARK + "+ &=;",
        MARK + "x".repeat(1_500));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void assertHarmless(Answer answer, Set<Integer> expected) {
    assertThat(answer.status()).as(answer.head() + answer.body()).isIn(expected);
    assertThat(answer.head()).doesNotContain(MARK).doesNotContainIgnoringCase("x-injected");
    if (answer.status() >= 400) {
      assertThat(answer.isProblem()).as(answer.head()).isTrue();
      assertThat(answer.body()).startsWith("{").doesNotContain(MARK);
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void asAnIdInAPathItIsRefused(String text) throws Exception {
    for (String path : List.of("/v1/users/%s", "/v1/users/%s/keys", "/v1/keys/%s")) {
      for (String method : List.of("GET", "PATCH", "DELETE", "POST", "PUT")) {
        boolean listsKeysOfNobody = method.equals("GET") && path.endsWith("/keys");
        Answer answer =
            port.ask(AdminPort.head(method, path.formatted(escaped(text))), "{\"name\":\"n\"}");
        assertHarmless(answer, listsKeysOfNobody ? Set.of(200, 404) : REFUSALS);
      }
    }
    assertHarmless(
        port.ask(AdminPort.head("POST", "/v1/keys/" + escaped(text) + ":rotate"), ""), REFUSALS);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void inAQueryItFindsNothingOrIsRefused(String text) throws Exception {
    String value = escaped(text);
    assertHarmless(port.ask(AdminPort.head("GET", "/v1/usage?key=" + value), ""), Set.of(200));
    assertHarmless(port.ask(AdminPort.head("GET", "/v1/keys?user=" + value), ""), Set.of(200));
    for (String query :
        List.of("usage?from=", "usage?to=", "usage?limit=", "users?limit=", "users?%s=")) {
      String target = "/v1/" + (query.contains("%s") ? query.formatted(value) : query + value);
      assertHarmless(port.ask(AdminPort.head("GET", target), ""), Set.of(400));
    }
    assertHarmless(
        port.ask(AdminPort.head("GET", "/v1/users?after=" + value), ""), Set.of(200, 400));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void asAFieldItIsRefusedOrKeptAsItIs(String text) throws Exception {
    for (String field : List.of("id", "name", "email")) {
      ObjectNode user = JsonNodeFactory.instance.objectNode();
      user.put("name", "n").put("email", "ok@" + Integer.toHexString(text.hashCode()));
      user.put(field, field.equals("email") ? text + "@b" : text);
      Answer made = port.ask(AdminPort.head("POST", "/v1/users"), user.toString());
      assertThat(made.status()).as(made.body()).isIn(201, 400, 409);
      assertThat(made.head()).doesNotContain(MARK).doesNotContainIgnoringCase("x-injected");
      if (made.status() != 201) {
        assertHarmless(made, REFUSALS);
      }
    }
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    key.put("tier", text).putArray("chains").add(text);
    assertHarmless(port.ask(AdminPort.head("POST", "/v1/users/n/keys"), key.toString()), REFUSALS);
    ObjectNode odd = JsonNodeFactory.instance.objectNode().put(text, text);
    assertHarmless(port.ask(AdminPort.head("POST", "/v1/users"), odd.toString()), REFUSALS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[]",
        "]",
        "[::1",
        "::1",
        "a:b:c",
        "localhost:99999",
        "localhost:-1",
        "localhost:x",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost@evil.example",
        "127.0.0.1%2eevil",
        " ",
        "2130706433",
        "0x7f.1",
        "\u00e9",
        "'",
        "localhost/../x",
        "evil.example#localhost",
        "user@localhost"
      })
  void aForeignOrBrokenHostIsRefused(String host) throws Exception {
    String head =
        "GET /v1/users HTTP/1.1\r\nHost: "
            + host
            + "\r\nAuthorization: Bearer "
            + AdminPort.TOKEN
            + "\r\n";
    Answer answer = port.ask(head, "");
    assertThat(answer.status()).as(host + ": " + answer).isIn(400, 403);
    assertThat(answer.body()).doesNotContain("items");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null", "http://evil.example", "http://localhost.evil.example", "localhost", "http://",
        "http://evil.example#://localhost.x", "'", "http://localhost:1", "file://",
            "http://LOCALHOST@x"
      })
  void aForeignOrBrokenOriginIsRefused(String origin) throws Exception {
    Answer answer = port.ask(AdminPort.head("GET", "/v1/users") + "Origin: " + origin + "\r\n", "");
    assertHarmless(answer, Set.of(403));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "%zz", "limit=%", "limit=%zz", "limit=%4", "%=1", "after=%ff%fe", "a=%c3%28"})
  void aQueryThatCannotBeDecodedIsRefusedAndCostsNoPlace(String query) throws Exception {
    for (int i = 0; i < 40; i++) {
      assertHarmless(port.ask(AdminPort.head("GET", "/v1/users?" + query), ""), Set.of(400));
    }
    assertThat(port.ask(AdminPort.head("GET", "/v1/users"), "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/users/%",
        "/v1/users/%zz",
        "/v1/users/%c3%28",
        "/v1/%2e%2e/metrics",
        "/v1//users",
        "/v1/users/",
        "/v1/../v1/users/x",
        "/v1/users/.."
      })
  void aPathThatIsNoneOfOursIsNotFound(String path) throws Exception {
    assertHarmless(port.ask(AdminPort.head("GET", path), ""), Set.of(404));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer ",
        "Bearer",
        "Basic",
        "Basic !!!",
        "Basic Og==",
        "Bearer 0123456789abcdeg",
        "Bearer 0123456789abcdef0",
        "bearer",
        "Digest x",
        "Bearer \u00e9"
      })
  void whatIsNotTheTokenIsNotLetIn(String shown) throws Exception {
    Answer answer =
        port.ask(
            "GET /v1/users HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + shown + "\r\n", "");
    assertHarmless(answer, Set.of(401));
  }

  @Test
  void aDeepOrHugeBodyIsRefused() throws Exception {
    String deep = "[".repeat(200_000);
    String number = "{\"rate\":" + "9".repeat(5_000) + "}";
    for (String body : List.of(deep, "{\"name\":" + deep, number, "{\"rate\":1e999999999}")) {
      assertHarmless(port.ask(AdminPort.head("POST", "/v1/users/n/keys"), body), Set.of(400));
      assertHarmless(port.ask(AdminPort.head("POST", "/v1/users"), body), Set.of(400));
      assertHarmless(port.ask(AdminPort.head("POST", "/v1/users:batch"), body), Set.of(400));
    }
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    byte[] body = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
    try (Socket socket = port.connect()) {
      AdminPort.send(
          socket,
          AdminPort.head("POST", "/v1/users") + "Connection: close\r\nContent-Length: 13\r\n\r\n");
      socket.getOutputStream().write(body);
      assertHarmless(AdminPort.answer(socket), Set.of(400));
    }
  }
}
