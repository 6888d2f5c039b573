package dev.tenfold.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Posts JSON as it stands, and shows the answer as it stands. */
final class JsonRpcClient {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private JsonRpcClient() {}

  /** What came back. */
  record Answer(int status, String body, String cacheStatus) {
    boolean isHit() {
      return cacheStatus.equals("Tenfold; hit");
    }

    boolean hasResult() {
      return body.contains("\"result\"");
    }

    /** The value of {@code result}, byte for byte as text. */
    String result() {
      return RawJson.member(body, "result");
    }

    private static Answer of(HttpResponse<String> response) {
      String cacheStatus = response.headers().firstValue("cache-status").orElse("");
      return new Answer(response.statusCode(), response.body(), cacheStatus);
    }
  }

  static Answer call(URI url, String method, String params) {
    return post(url, request(method, params));
  }

  static CompletableFuture<Answer> callLater(URI url, String method, String params) {
    return postLater(url, request(method, params));
  }

  static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params);
  }

  static Answer post(URI url, String body) {
    try {
      return Answer.of(HTTP.send(httpRequest(url, body), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static CompletableFuture<Answer> postLater(URI url, String body) {
    return HTTP.sendAsync(httpRequest(url, body), BodyHandlers.ofString()).thenApply(Answer::of);
  }

  /** The status of a GET, or 0 where nobody listens. */
  static int status(URI url) {
    try {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest httpRequest(URI url, String body) {
    return HttpRequest.newBuilder(url)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
