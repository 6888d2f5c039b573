package dev.tenfold.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Asks a backend a few questions, to see that it does what it should. */
final class BackendCalls implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int BLOCKS = 5;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Duration patience;

  BackendCalls() {
    this(PATIENCE);
  }

  /**
   * For tests.
   *
   * @param patience how long an answer, or the last visit, may take
   */
  BackendCalls(Duration patience) {
    this.patience = patience;
  }

  /** What it answers to the same few questions about old blocks, which have one right answer. */
  List<String> answers(URI backend) throws InterruptedException {
    List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
    for (int block = 1; block <= BLOCKS; block++) {
      for (String method : List.of("app_block", "app_receipts")) {
        String question =
            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":[\"user-0x%x\",\"0x%x\"]}"
                .formatted(asked.size(), method, block + 1, block);
        asked.add(
            client.sendAsync(
                HttpRequest.newBuilder(backend)
                    .timeout(patience)
                    .POST(BodyPublishers.ofString(question))
                    .build(),
                BodyHandlers.ofString()));
      }
    }
    List<String> answers = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> answer : asked) {
      answers.add(wellAnswered(answer));
    }
    return answers;
  }

  private static String wellAnswered(CompletableFuture<HttpResponse<String>> asked)
      throws InterruptedException {
    try {
      HttpResponse<String> answer = asked.get();
      if (answer.statusCode() != 200) {
        throw new DemoException(
            "the backend said HTTP " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (ExecutionException e) {
      throw new DemoException("the backend does not answer: " + e.getCause(), e);
    }
  }

  /**
   * Waits until a visit is in its database for each question that it has answered.
   *
   * @return how many
   * @throws DemoException if that is not so within 10 s
   */
  long awaitWritten(URI backend) throws InterruptedException {
    long start = System.nanoTime();
    String said = written(backend);
    while (!isWritten(said)) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new DemoException("the backend lost visits: answered and written are " + said);
      }
      Thread.sleep(PAUSE);
      said = written(backend);
    }
    return Long.parseLong(said.substring(said.indexOf(' ') + 1));
  }

  private static boolean isWritten(String said) {
    String[] counts = said.split(" ", -1);
    return counts[0].equals(counts[1]);
  }

  private String written(URI backend) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(backend.resolve("/written")).timeout(patience).build();
    try {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new DemoException("the backend does not say what it has written: " + e, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
