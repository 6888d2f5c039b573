package dev.tenfold.gateway.ops;

import dev.tenfold.toolkit.profiling.Profiling;
import dev.tenfold.toolkit.profiling.ProfilingResponse;
import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code /debug/}: what shows the inside of the program, and takes its time. Open only where the
 * port is bound to loopback, and there only to who means it: a web page that a browser on this
 * machine shows is kept out, whether it asks by an address of its own (a foreign {@code Host}, as
 * in DNS rebinding) or across sites.
 *
 * <p>Threads: the event loop of the connection; profiles are taken elsewhere.
 */
final class DebugPages {
  private static final String PREFIX = "/debug/";

  private final Vertx vertx;
  private final String host;
  private final boolean loopback;
  private volatile @Nullable Profiling profiling;

  /** For a port that is bound to this host. */
  DebugPages(Vertx vertx, String host) {
    this.vertx = vertx;
    this.host = host;
    this.loopback = isLoopback(host);
  }

  static boolean has(String path) {
    return path.startsWith(PREFIX);
  }

  void open(Profiling opened) {
    profiling = opened;
  }

  void handle(HttpServerRequest http) {
    Profiling opened = profiling;
    String refusal = refusal(http);
    if (refusal != null) {
      refuse(http, 403, refusal);
    } else if (!http.method().equals(HttpMethod.GET)) {
      http.response().putHeader(HttpHeaders.ALLOW, "GET");
      refuse(http, 405, "GET only");
    } else if (opened == null) {
      refuse(http, 503, "starting; soon");
    } else {
      answer(http, opened.respond(String.valueOf(http.path()), http.query()));
    }
  }

  private @Nullable String refusal(HttpServerRequest http) {
    if (!loopback) {
      return PREFIX
          + " is open only where ops.host is a loopback address; it is "
          + host
          + ", and there is no key yet that could be asked for. Bind it to 127.0.0.1, and come"
          + " over ssh or kubectl port-forward";
    }
    HostAndPort asked = http.authority();
    if (asked != null && !isOurs(asked.host())) {
      return PREFIX + " is asked for as localhost or a loopback address; the Host here is another";
    }
    if ("cross-site".equals(http.getHeader("Sec-Fetch-Site"))) {
      return PREFIX + " is not for other web sites: open it in a tab of its own";
    }
    return null;
  }

  private boolean isOurs(String asked) {
    String name = asked.startsWith("[") ? asked.substring(1, asked.length() - 1) : asked;
    return name.equalsIgnoreCase("localhost")
        || name.equalsIgnoreCase(host)
        || (isAddress(name) && isLoopback(name));
  }

  /** A name is never looked up because a caller wrote it. */
  private static boolean isAddress(String name) {
    return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private void answer(HttpServerRequest http, CompletableFuture<ProfilingResponse> answer) {
    Context loop = vertx.getOrCreateContext();
    http.response().closeHandler(closed -> answer.cancel(true));
    var _ =
        answer.thenAccept(response -> loop.runOnContext(now -> send(http.response(), response)));
  }

  private static void send(HttpServerResponse http, ProfilingResponse response) {
    if (http.closed()) {
      return;
    }
    http.setStatusCode(response.status());
    response.headers().forEach(http::putHeader);
    http.end(Buffer.buffer(response.body()));
  }

  private static void refuse(HttpServerRequest http, int status, String message) {
    http.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader("X-Go-Pprof", "1") // makes go tool pprof show the message
        .end(message + "\n");
  }
}
