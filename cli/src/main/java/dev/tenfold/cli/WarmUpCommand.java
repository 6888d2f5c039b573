package dev.tenfold.cli;

import dev.tenfold.cli.Services.RunningGateway;
import dev.tenfold.cli.Services.RunningNode;
import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.config.ConfigFlags;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * Serves for a moment, on free ports of loopback and in front of a simulated node, and calls itself
 * in every usual way. The launcher records which classes and methods that needs ({@code
 * -XX:AOTCacheOutput}), so that later starts have them at hand.
 *
 * <p>Says nothing, leaves nothing behind, and begins no further round after eight seconds. A reply
 * that is not the expected one, or takes ten seconds, ends it with a failure.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  private static final int ROUNDS = 20;
  private static final long LIMIT_NANOS = Duration.ofSeconds(8).toNanos();
  private static final Duration REPLY_LIMIT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  /** Hits from the second round on, answers of the head, passed on, errors, unknown. */
  private static final List<String> CALLS =
      List.of(
          call("eth_chainId", ""),
          call("eth_blockNumber", ""),
          call("eth_gasPrice", ""),
          call("eth_getBlockByNumber", "\"0x10\",false"),
          call("eth_getBlockByNumber", "\"latest\",true"),
          call("eth_getBlockReceipts", "\"0x11\""),
          call("eth_getBalance", "\"0x00000000000000000000000000000000000000aa\",\"latest\""),
          call("eth_getLogs", "{\"fromBlock\":\"0x1\",\"toBlock\":\"0x8\"}"),
          call("eth_estimateGas", "{\"to\":\"0x00000000000000000000000000000000000000aa\"}"),
          call("tenfold_unknown", ""));

  private static final String BATCH = "[" + String.join(",", CALLS) + "]";
  private static final List<String> PAGES = List.of("/", "/metrics", "/stats", "/misses");

  private final Map<String, String> environment;
  private final Services services;

  WarmUpCommand(Map<String, String> environment, Services services) {
    this.environment = environment;
    this.services = services;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("tenfold-warm-up");
    try {
      serve(data);
    } finally {
      delete(data);
    }
    return ExitCode.OK;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void serve(Path data) throws IOException, InterruptedException {
    try (RunningNode node = services.node(NodeSettings.DEFAULT);
        RunningGateway gateway = services.gateway(configuration(node.url()), data);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI url = URI.create("http://127.0.0.1:" + gateway.port());
      URI operators = URI.create("http://127.0.0.1:" + gateway.opsPort());
      long start = System.nanoTime();
      for (int round = 0; round < ROUNDS && System.nanoTime() - start < LIMIT_NANOS; round++) {
        round(client, url, operators);
      }
    }
  }

  /** From a file, as most gateways have it. */
  private Config configuration(String node) throws IOException {
    Path file = Files.createTempFile("tenfold", ".yaml");
    try {
      Files.writeString(
          file,
          """
          server: { port: 0 }
          ops: { port: 0 }
          chains: { main: { upstreams: [ { url: "%s" } ] } }
          """
              .formatted(node));
      ConfigFlags flags =
          new ConfigFlags(List.of(), OptionalInt.empty(), OptionalInt.empty(), Path.of(""));
      return Config.load(file, environment, flags);
    } finally {
      Files.delete(file);
    }
  }

  private static void round(HttpClient client, URI url, URI operators)
      throws IOException, InterruptedException {
    for (String call : CALLS) {
      expect(client, OK, post(url, call).build());
    }
    expect(client, OK, post(url, BATCH).build());
    expect(client, OK, post(url, BATCH).setHeader("Accept-Encoding", "gzip").build());
    expect(client, BAD_REQUEST, post(url, "{").build());
    expect(client, OK, get(url.resolve("/health/ready")));
    for (String page : PAGES) {
      expect(client, OK, get(operators.resolve(page)));
    }
  }

  private static String call(String method, String parameters) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
        .formatted(method, parameters);
  }

  private static HttpRequest.Builder post(URI url, String body) {
    return HttpRequest.newBuilder(url)
        .timeout(REPLY_LIMIT)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpRequest get(URI url) {
    return HttpRequest.newBuilder(url).timeout(REPLY_LIMIT).build();
  }

  private static void expect(HttpClient client, int status, HttpRequest request)
      throws IOException, InterruptedException {
    int got = client.send(request, BodyHandlers.discarding()).statusCode();
    if (got != status) {
      throw new Failed(request.uri() + " answered " + got + " in place of " + status);
    }
  }
}
