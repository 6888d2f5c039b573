package dev.tenfold.demo.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each step, in this process, before a node whose answers are known. */
@Timeout(60)
class BackendTest {
  private static final String USER =
      "{\"id\":\"user-0x2\",\"name\":\"User"
          + " 2\",\"email\":\"user2@example.com\",\"createdAt\":1767225602}";

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  private Backend start(Step step, KnownNode node) throws Exception {
    return Backend.start(step, 0, node.url(), database());
  }

  private Path database() {
    return folder.resolve("backend.db");
  }

  private CompletableFuture<HttpResponse<String>> send(URI backend, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(backend).POST(BodyPublishers.ofString(body)).build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private static String question(int id, String method, String user, String subject) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":[\"%s\",\"%s\"]}"
        .formatted(id, method, user, subject);
  }

  private String ask(Backend backend, int id, String method, String subject) {
    return send(backend.url(), question(id, method, "user-0x2", subject)).join().body();
  }

  private static String answer(int id, String facts) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":{\"user\":%s,\"facts\":%s}}"
        .formatted(id, USER, facts);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void eachStepGivesTheSameAnswersAndWritesEachVisitDown(Step step) throws Exception {
    try (KnownNode node = new KnownNode()) {
      try (Backend backend = start(step, node)) {
        assertThat(ask(backend, 7, "app_block", "0x10"))
            .isEqualTo(
                answer(
                    7,
                    "{\"number\":16,\"hash\":\"0xabc\",\"time\":1000,\"gasUsed\":21000,\"transactions\":2}"));
        assertThat(ask(backend, 8, "app_receipts", "0x10"))
            .isEqualTo(answer(8, "{\"count\":2,\"failed\":1,\"logs\":1,\"gasUsed\":42000}"));
        assertThat(ask(backend, 9, "app_balance", "0xfeed"))
            .isEqualTo(answer(9, "{\"wei\":\"0x2386f26fc10000\"}"));
      }
      assertThat(node.calls())
          .containsExactly(
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x10\",false]}",
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockReceipts\",\"params\":[\"0x10\"]}",
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBalance\",\"params\":[\"0xfeed\",\"latest\"]}");
    }
    assertThat(visits())
        .containsExactlyInAnyOrder(
            "user-0x2 app_block", "user-0x2 app_receipts", "user-0x2 app_balance");
  }

  private List<String> visits() throws Exception {
    List<String> visits = new ArrayList<>();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT user, method FROM visits")) {
      while (rows.next()) {
        visits.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    return visits;
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"NAIVE", "DATABASE"})
  void whatIsNoQuestionIsRefusedAndNotWrittenDown(Step step) throws Exception {
    try (KnownNode node = new KnownNode();
        Backend backend = start(step, node)) {
      for (String bad :
          List.of(
              "{",
              "{}",
              "[]",
              question(1, "app_nothing", "user-0x2", "0x1"),
              question(1, "app_block", "nobody", "0x1"))) {
        assertThat(send(backend.url(), bad).join().statusCode()).describedAs(bad).isEqualTo(400);
      }
      assertThat(node.calls()).isEmpty();
      assertThat(client.send(written(backend), BodyHandlers.ofString()).body()).isEqualTo("0 0");
    }
  }

  private static HttpRequest written(Backend backend) {
    return HttpRequest.newBuilder(backend.url().resolve("/written")).build();
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"NAIVE", "DATABASE"})
  void whatTheNodeDoesNotAnswerIsAFailureAndNotKept(Step step) throws Exception {
    try (KnownNode node = new KnownNode();
        Backend backend = start(step, node)) {
      node.answerNothing(true);
      String question = question(1, "app_block", "user-0x2", "0x10");
      assertThat(send(backend.url(), question).join().statusCode()).isEqualTo(500);
      node.answerNothing(false);

      assertThat(send(backend.url(), question).join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void beforeTheCacheTheNodeIsAskedEachTimeAndWithItOnce() throws Exception {
    for (Step step : List.of(Step.WORKER_POOL, Step.CACHE)) {
      try (KnownNode node = new KnownNode();
          Backend backend =
              Backend.start(step, 0, node.url(), folder.resolve(step.name() + ".db"))) {
        node.hold();
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int id = 1; id <= 4; id++) {
          asked.add(send(backend.url(), question(id, "app_block", "user-0x2", "0x10")));
        }
        node.awaitCalls(step == Step.CACHE ? 1 : 4);
        node.release();
        asked.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(ask(backend, 5, "app_block", "0x10")).contains("\"id\":5,");

        assertThat(node.calls()).hasSize(step == Step.CACHE ? 1 : 5);
      }
    }
  }

  @Test
  void connectionsToTheNodeAreUsedAgainWithTheClientPool() throws Exception {
    for (Step step : List.of(Step.OBJECT_POOL, Step.CLIENT_POOL)) {
      try (KnownNode node = new KnownNode();
          Backend backend =
              Backend.start(step, 0, node.url(), folder.resolve(step.name() + ".db"))) {
        int calls = 2 * Runtime.getRuntime().availableProcessors(); // each has a client
        for (int id = 1; id <= calls; id++) {
          ask(backend, id, "app_block", "0x10");
        }
        int connections = node.connections().size();
        assertThat(connections < calls).isEqualTo(step == Step.CLIENT_POOL);
      }
    }
  }
}
