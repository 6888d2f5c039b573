package dev.tenfold.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;

/** Asks the admin API of a gateway, with the token of its data folder. */
final class AdminClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TenfoldProcess gateway;

  AdminClient(TenfoldProcess gateway) {
    this.gateway = gateway;
  }

  HttpResponse<String> ask(String method, String path, String body) throws Exception {
    String token = Files.readString(gateway.data().resolve("admin-token")).strip();
    HttpRequest request =
        HttpRequest.newBuilder(gateway.opsUrl().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  JsonNode get(String path) throws Exception {
    return MAPPER.readTree(ask("GET", path, "").body());
  }

  /** Makes a user and a key of it. */
  JsonNode key(String user, String settings) throws Exception {
    ask(
        "POST",
        "/v1/users",
        "{\"id\":\"%s\",\"name\":\"N\",\"email\":\"%s@example.com\"}".formatted(user, user));
    return MAPPER.readTree(ask("POST", "/v1/users/" + user + "/keys", settings).body());
  }

  /** The calls that a key has made, as far as they are written. */
  long calls(String keyId) throws Exception {
    long calls = 0;
    for (JsonNode row : get("/v1/usage?key=" + keyId).path("items")) {
      calls += row.path("calls").asLong();
    }
    return calls;
  }
}
