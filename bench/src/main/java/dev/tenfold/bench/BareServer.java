package dev.tenfold.bench;

import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;

/**
 * The least that the HTTP stack can do: reads the body and writes as many fixed bytes as a hit has,
 * with as many headers. Event loops and options are those of the gateway.
 */
final class BareServer extends VerticleBase {
  private static final AsciiString CACHE_STATUS = AsciiString.cached("Cache-Status");
  private static final AsciiString JSON = AsciiString.cached("application/json");

  private final byte[] body;
  private final String cacheStatus;
  private final int port;
  private long bytesRead;

  private BareServer(int port, byte[] body, String cacheStatus) {
    this.port = port;
    this.body = body;
    this.cacheStatus = cacheStatus;
  }

  /** Arguments: the port, how many bytes a reply has, and the value of its Cache-Status. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    byte[] body = new byte[Integer.parseInt(arguments[1])];
    Arrays.fill(body, (byte) '0');
    int eventLoops = Runtime.getRuntime().availableProcessors();
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(eventLoops)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    vertx
        .deployVerticle(
            () -> new BareServer(port, body, arguments[2]),
            new DeploymentOptions().setInstances(eventLoops))
        .await();
    System.out.println("Bare handler at http://127.0.0.1:" + port);
  }

  @Override
  public Future<?> start() {
    HttpServer server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMaxHeaderSize(16 * 1024)
                .setMaxInitialLineLength(16 * 1024)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                .setAcceptBacklog(1024));
    return server.requestHandler(this::answer).listen();
  }

  private void answer(HttpServerRequest request) {
    // Leaner than body(), which copies: each chunk is taken and let go.
    request.handler(chunk -> bytesRead += chunk.length());
    request.endHandler(end -> reply(request));
  }

  private void reply(HttpServerRequest request) {
    request
        .response()
        .putHeader(CACHE_STATUS, cacheStatus)
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .end(BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
  }
}
