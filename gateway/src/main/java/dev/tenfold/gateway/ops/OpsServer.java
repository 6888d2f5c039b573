package dev.tenfold.gateway.ops;

import dev.tenfold.toolkit.profiling.Profiling;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server for operators: each route is a page that is made when it is asked for. {@code
 * GET} and {@code HEAD} only. {@code /} lists the routes. {@code /debug/pprof/} has profiles, which
 * take their time ({@code GET} only).
 *
 * <p>Threads: one event loop. Pages are made on it, so they must be quick and must not block.
 */
public final class OpsServer {
  private static final Logger log = LoggerFactory.getLogger(OpsServer.class);
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final HttpServer server;
  private final Map<String, Page> pages;
  private final DebugPages debug;
  private final Map<String, Handler<HttpServerRequest>> folders;

  private OpsServer(
      HttpServer server,
      Map<String, Page> pages,
      Map<String, Handler<HttpServerRequest>> folders,
      DebugPages debug) {
    this.server = server;
    this.pages = new TreeMap<>(pages);
    this.folders = Map.copyOf(folders);
    this.debug = debug;
  }

  /**
   * Listens; fails with the cause where the port is taken.
   *
   * @param port 0 for any that is free
   * @param pages by path
   * @param folders who answers what is below a path, which ends with a slash: they guard themselves
   * @param guard who may see profiles
   */
  public static Future<OpsServer> start(
      Vertx vertx,
      String host,
      int port,
      Map<String, Page> pages,
      Map<String, Handler<HttpServerRequest>> folders,
      OpsGuard guard) {
    HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port);
    HttpServer server = vertx.createHttpServer(options);
    OpsServer ops = new OpsServer(server, pages, folders, new DebugPages(vertx, guard));
    return server.requestHandler(ops::handle).listen().map(ops);
  }

  /** Answers {@code /debug/pprof/} with these from here on; before, it says 503. */
  public void debug(Profiling profiling) {
    debug.open(profiling);
  }

  /** The port that is listened on. */
  public int port() {
    return server.actualPort();
  }

  /** Closes the port and all connections to it. */
  public Future<Void> close() {
    return server.close();
  }

  private void handle(HttpServerRequest http) {
    String path = String.valueOf(http.path());
    Page page = page(path);
    Handler<HttpServerRequest> folder = folder(path);
    if (DebugPages.has(path)) {
      debug.handle(http);
    } else if (folder != null) {
      folder.handle(http);
    } else if (page == null) {
      end(http, 404, Page.text(() -> "not found; / lists what is here\n"));
    } else if (!READING.contains(http.method())) {
      http.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
      end(http, 405, Page.text(() -> "GET and HEAD only\n"));
    } else {
      end(http, 200, page);
    }
  }

  private @Nullable Handler<HttpServerRequest> folder(String path) {
    int slash = path.indexOf('/', 1);
    return slash < 0 ? null : folders.get(path.substring(0, slash + 1));
  }

  private @Nullable Page page(String path) {
    return path.equals("/") ? index() : pages.get(path);
  }

  private Page index() {
    List<String> paths = new ArrayList<>(pages.keySet());
    paths.add(Profiling.PATH);
    paths.addAll(folders.keySet());
    return Page.text(() -> String.join("\n", paths) + "\n");
  }

  private static void end(HttpServerRequest http, int status, Page page) {
    String body;
    try {
      body = page.body().get();
    } catch (RuntimeException e) {
      log.error("the page {} cannot be made", http.path(), e);
      http.response().setStatusCode(500).end("this page cannot be made; the log says why\n");
      return;
    }
    http.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, page.contentType())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body);
  }
}
