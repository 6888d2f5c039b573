package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which path and method lead where. */
final class Routes {
  private static final String ALLOW_CALLS = "POST, OPTIONS";
  private static final String ALLOW_HEALTH = "GET, HEAD";
  private static final String ALLOW_ANYWHERE = "GET, HEAD, POST, OPTIONS";
  private static final String WHOLE_SERVER = "*";
  private static final AsciiString VIA = AsciiString.cached("via");

  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final EdgeLoop loop;
  private final Map<String, ChainEntry> chains;
  private final Health health;
  private final Cors cors;
  private final String viaToken;

  Routes(EdgeLoop loop, Edge edge) {
    this.loop = loop;
    this.chains = edge.chainsByPath();
    this.health = edge.health();
    this.cors = edge.cors();
    this.viaToken = edge.viaToken();
  }

  void handle(HttpServerRequest http) {
    ClientConnection connection = ClientConnection.of(http.connection());
    connection.asked(http);
    if (connection.isClosing()) {
      return; // what follows a request that could not be read may be its body
    }
    if (isMalformed(http)) {
      loop.refuse(http, Failure.BAD_HTTP);
      return;
    }
    String path = http.path();
    ChainEntry chain = chains.get(path);
    String key = null;
    if (chain == null && path != null) {
      int slash = path.lastIndexOf('/');
      chain = slash > 0 ? chains.get(path.substring(0, slash)) : null;
      key = path.substring(slash + 1);
    }
    if (chain == null || (key != null && key.isEmpty())) {
      elsewhere(http);
    } else if (http.method().equals(HttpMethod.POST)) {
      calls(http, chain, key);
    } else if (http.method().equals(HttpMethod.OPTIONS)) {
      preflight(http);
    } else {
      notAllowed(http, ALLOW_CALLS);
    }
  }

  private void calls(HttpServerRequest http, ChainEntry chain, @Nullable String key) {
    if (isLoop(http)) {
      loop.refuse(http, Failure.LOOP);
    } else {
      Visitor visitor = new Visitor(http, chain.name(), key, loop.entrance().trustedProxies());
      new Exchange(loop, chain, http).begin(visitor);
    }
  }

  private void elsewhere(HttpServerRequest http) {
    String path = http.path();
    if (WHOLE_SERVER.equals(http.uri()) && http.method().equals(HttpMethod.OPTIONS)) {
      allow(http, ALLOW_ANYWHERE).end();
    } else if (path == null || !health.knows(path)) {
      loop.refuse(http, Failure.UNKNOWN_PATH);
    } else if (READING.contains(http.method())) {
      health.answer(http, path);
    } else {
      notAllowed(http, ALLOW_HEALTH);
    }
  }

  private void preflight(HttpServerRequest http) {
    HttpServerResponse response = allow(http, ALLOW_CALLS);
    cors.preflight(http, response.headers());
    response.end();
  }

  private static HttpServerResponse allow(HttpServerRequest http, String methods) {
    return http.response()
        .setStatusCode(204)
        .putHeader(HttpHeaders.ALLOW, methods)
        .putHeader(Replies.CACHE_STATUS, CacheStatus.HIT.header());
  }

  private void notAllowed(HttpServerRequest http, String allow) {
    http.response().putHeader(HttpHeaders.ALLOW, allow);
    loop.refuse(http, Failure.NOT_POST);
  }

  /** What RFC 9112 asks a server to refuse and the stack below lets pass. */
  private static boolean isMalformed(HttpServerRequest http) {
    boolean old = http.version() == HttpVersion.HTTP_1_0;
    if (http.headers().contains(HttpHeaders.TRANSFER_ENCODING) && (old || !isChunkedOnce(http))) {
      return true;
    }
    return !old && !hasOneHost(http);
  }

  /** Several lines of the header are one list, of which only the single "chunked" is taken. */
  private static boolean isChunkedOnce(HttpServerRequest http) {
    List<String> codings = http.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
    return codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
  }

  private static boolean hasOneHost(HttpServerRequest http) {
    return http.headers().contains(HttpHeaders.HOST)
        && http.headers().getAll(HttpHeaders.HOST).size() == 1;
  }

  private boolean isLoop(HttpServerRequest http) {
    return http.headers().contains(VIA)
        && http.headers().getAll(VIA).stream().anyMatch(via -> via.contains(viaToken));
  }

  /** For requests whose head could not be read. */
  void invalid(HttpServerRequest http) {
    if (ClientConnection.of(http.connection()).isClosing()) {
      return;
    }
    loop.refuse(http, meaning(http.decoderResult().cause()));
    http.connection().close();
  }

  private static Failure meaning(@Nullable Throwable cause) {
    return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException
        ? Failure.HEADERS_TOO_LARGE
        : Failure.BAD_HTTP;
  }
}
