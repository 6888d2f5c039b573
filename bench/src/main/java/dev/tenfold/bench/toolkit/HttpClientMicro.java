package dev.tenfold.bench.toolkit;

import com.sun.net.httpserver.HttpServer;
import dev.tenfold.toolkit.httpclient.ClientException;
import dev.tenfold.toolkit.httpclient.ClientPool;
import dev.tenfold.toolkit.httpclient.ClientPoolOptions;
import dev.tenfold.toolkit.httpclient.HttpCall;
import dev.tenfold.toolkit.httpclient.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thread asks for 1.6 KB and waits for it. JMH derives from it. */
@State(Scope.Benchmark)
public class HttpClientMicro {
  private static final byte[] ANSWER = new byte[1_600];
  private static final int CONNECTIONS = 64;

  private final ExecutorService serving = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final URI uri;

  private final ClientPool ours;
  private final HttpCall call;
  private final HttpClient jdk =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest request;
  private final CloseableHttpClient apache =
      HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setMaxConnTotal(CONNECTIONS)
                  .setMaxConnPerRoute(CONNECTIONS)
                  .build())
          .build();

  /** Starts the server, which all ask. */
  public HttpClientMicro() {
    server = server();
    server.setExecutor(serving);
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    ours = ClientPool.create(ClientPoolOptions.builder().maxIdlePerOrigin(CONNECTIONS).build());
    call = HttpCall.get(Target.parse(uri.toString()), Map.of());
    request = HttpRequest.newBuilder(uri).build();
  }

  private static HttpServer server() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
            exchange.close();
          });
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all. */
  @TearDown
  public void close() throws IOException {
    ours.close();
    jdk.close();
    apache.close();
    server.stop(0);
    serving.close();
  }

  private static byte[] whole(byte[] body) {
    if (body.length != ANSWER.length) {
      throw new IllegalStateException("an answer of " + body.length + " bytes");
    }
    return body;
  }

  /** {@code ClientPool.exchange}. */
  @Benchmark
  public byte[] tenfold() throws ClientException, InterruptedException {
    return whole(ours.exchange(call).body());
  }

  /** {@code HttpClient.send} of the JDK. */
  @Benchmark
  public byte[] jdkHttpClient() throws IOException, InterruptedException {
    return whole(jdk.send(request, BodyHandlers.ofByteArray()).body());
  }

  /** {@code CloseableHttpClient.execute} of Apache HttpClient 5. */
  @Benchmark
  public byte[] apacheHttpClient() throws IOException {
    return whole(
        apache.execute(new HttpGet(uri), reply -> EntityUtils.toByteArray(reply.getEntity())));
  }
}
