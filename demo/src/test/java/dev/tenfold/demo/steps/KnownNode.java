package dev.tenfold.demo.steps;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** A node with three answers, which tells what it was asked, and can be held up. */
final class KnownNode implements AutoCloseable {
  private static final String BLOCK =
      """
      {"number":"0x10","hash":"0xabc","timestamp":"0x3e8","gasUsed":"0x5208","size":"0x1",\
      "transactions":["0x1","0x2"]}\
      """;
  private static final String RECEIPTS =
      """
      [{"status":"0x1","gasUsed":"0x5208","logs":[{"data":"0x","topics":[]}],"to":null},\
      {"status":"0x0","gasUsed":"0x5208","logs":[],"to":"0x1"}]\
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LinkedBlockingQueue<String> calls = new LinkedBlockingQueue<>();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final Semaphore asked = new Semaphore(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile boolean answersNothing;

  KnownNode() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String call = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      connections.add(exchange.getRemoteAddress());
      calls.add(call);
      asked.release();
      gate.await();
      String result = answersNothing ? "null" : result(call);
      byte[] body =
          ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String result(String call) {
    if (call.contains("eth_getBlockByNumber")) {
      return BLOCK;
    }
    return call.contains("eth_getBlockReceipts") ? RECEIPTS : "\"0x2386f26fc10000\"";
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Whether it says null to everything. */
  void answerNothing(boolean nothing) {
    answersNothing = nothing;
  }

  /** Answers nobody until {@link #release}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  /** Waits until it was asked so often, since the last time. */
  void awaitCalls(int count) throws InterruptedException {
    asked.acquire(count);
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  Set<InetSocketAddress> connections() {
    return connections;
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.close();
  }
}
