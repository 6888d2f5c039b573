package dev.tenfold.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenfold.gateway.accounts.Accounts;
import dev.tenfold.gateway.accounts.AccountsException;
import dev.tenfold.gateway.accounts.UsageStore;
import dev.tenfold.gateway.admin.Router.Route;
import dev.tenfold.gateway.ops.OpsGuard;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/*}: users, keys and usage, for who shows the admin token. {@code /v1/openapi.json}
 * describes it.
 *
 * <p>Threads: the event loop of the connection decides who is let in; a virtual thread for each
 * request does the work, at most {@value #SIDE_BY_SIDE} at once, and of batches {@value #BATCHES};
 * what comes beyond that is answered with 503. What fails is a problem (RFC 9457): 400, 401, 403,
 * 404, 405, 409, 413, 500, or 503 where the database cannot be asked.
 */
public final class AdminApi implements Handler<HttpServerRequest> {
  /** Where it is. */
  public static final String PATH = "/v1/";

  private static final Logger log = LoggerFactory.getLogger(AdminApi.class);
  private static final int SIDE_BY_SIDE = 32;
  private static final int BATCHES = 2; // the rows of each are in memory
  private static final int FIRST_FAILURE = 400;
  private static final long BODY = 1 << 20;
  private static final long BATCH_BODY = 64 << 20;

  private final Vertx vertx;
  private final OpsGuard guard;
  private final Runnable open;
  private final Router router;
  private final Semaphore places = new Semaphore(SIDE_BY_SIDE);
  private final Semaphore batches = new Semaphore(BATCHES);

  /**
   * The API over what is stored.
   *
   * @param open makes sure that it is open before it is asked; may block for a moment, and may fail
   */
  public AdminApi(
      Vertx vertx,
      OpsGuard guard,
      Runnable open,
      Accounts accounts,
      UsageStore usage,
      KeyRules keyRules) {
    this.vertx = vertx;
    this.open = open;
    this.guard = guard;
    this.router = new Router(routes(accounts, usage, keyRules));
  }

  static List<Route> routes(Accounts accounts, UsageStore usage, KeyRules keyRules) {
    UserRoutes users = new UserRoutes(accounts);
    KeyRoutes keys = new KeyRoutes(accounts, keyRules);
    UsageRoutes used = new UsageRoutes(usage);
    return List.of(
        new Route("GET", "/v1/openapi.json", 0, ask -> Reply.ok(OpenApi.document())),
        new Route("GET", "/v1/users", 0, users::list),
        new Route("POST", "/v1/users", BODY, users::create),
        new Route("POST", "/v1/users:batch", BATCH_BODY, users::createMany),
        new Route("GET", "/v1/users/{id}", 0, users::find),
        new Route("PATCH", "/v1/users/{id}", BODY, users::change),
        new Route("DELETE", "/v1/users/{id}", 0, users::delete),
        new Route("GET", "/v1/users/{id}/keys", 0, keys::listOfUser),
        new Route("POST", "/v1/users/{id}/keys", BODY, keys::issue),
        new Route("GET", "/v1/keys", 0, keys::list),
        new Route("POST", "/v1/keys/{id}:rotate", BODY, keys::rotate),
        new Route("GET", "/v1/keys/{id}", 0, keys::find),
        new Route("PATCH", "/v1/keys/{id}", BODY, keys::rename),
        new Route("DELETE", "/v1/keys/{id}", 0, keys::revoke),
        new Route("GET", "/v1/usage", 0, used::list));
  }

  @Override
  public void handle(HttpServerRequest http) {
    Problem refusal = refusal(http);
    String path = path(http);
    Route route = router.find(http.method().name(), path);
    MultiMap query = query(http);
    if (refusal != null) {
      send(http, refusal);
    } else if (route == null) {
      notFound(http, path);
    } else if (query == null) {
      send(http, Problem.of(400, "the query cannot be decoded: a % must be written as %25"));
    } else if (!places(route).tryAcquire()) {
      send(http, Problem.of(503, "too many requests at once"));
    } else {
      start(http, route, String.valueOf(route.match(path)), query);
    }
  }

  private Semaphore places(Route route) {
    return route.mostBytes() > BODY ? batches : places;
  }

  private @Nullable Problem refusal(HttpServerRequest http) {
    String foreign = guard.foreign(http);
    if (foreign != null) {
      return Problem.of(403, foreign);
    }
    if (isOfAnotherOrigin(http)) {
      return Problem.of(403, "this is not for pages of other origins");
    }
    if (!guard.isAdmin(http)) {
      http.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"tenfold\"");
      return Problem.of(401, "show the admin token, as Authorization: Bearer");
    }
    return null;
  }

  private static boolean isOfAnotherOrigin(HttpServerRequest http) {
    String origin = http.getHeader(HttpHeaders.ORIGIN);
    HostAndPort ours = http.authority();
    return origin != null
        && (ours == null || !origin.endsWith("://" + http.getHeader(HttpHeaders.HOST)));
  }

  /** An id may hold what has to be escaped in a path; one that cannot be read fits no route. */
  private static String path(HttpServerRequest http) {
    try {
      String path = String.valueOf(http.path()).replace("+", "%2B");
      return URLDecoder.decode(path, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /** Null if there is one that cannot be decoded. */
  private static @Nullable MultiMap query(HttpServerRequest http) {
    try {
      return http.params();
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private void notFound(HttpServerRequest http, String path) {
    List<String> methods = router.methods(path);
    if (methods.isEmpty()) {
      send(http, Problem.of(404, "there is no such path; /v1/openapi.json has all"));
    } else {
      http.response().putHeader(HttpHeaders.ALLOW, String.join(", ", methods));
      send(http, Problem.of(405, "this path has " + String.join(", ", methods)));
    }
  }

  private void start(HttpServerRequest http, Route route, String id, MultiMap query) {
    Context loop = vertx.getOrCreateContext();
    InputStream body =
        route.mostBytes() == 0
            ? InputStream.nullInputStream()
            : new BodyStream(loop, http, route.mostBytes());
    Ask ask = new Ask(id, query, body);
    Thread.ofVirtual()
        .name("admin")
        .start(
            () -> {
              Reply reply = run(route, ask);
              places(route).release();
              loop.runOnContext(turn -> send(http, reply));
            });
  }

  private Reply run(Route route, Ask ask) {
    try {
      open.run();
      return route.action().run(ask);
    } catch (Problem e) {
      return new Reply(e.status(), e.json());
    } catch (AccountsException e) {
      if (e.kind() == AccountsException.Kind.UNAVAILABLE) {
        log.warn("{} {}: {}", route.method(), route.template(), e.getMessage());
      }
      return problem(Problem.of(e));
    } catch (IOException e) {
      return problem(Problem.of(400, String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) { // whatever it is, its place is given back
      log.error("{} {} failed", route.method(), route.template(), e);
      return problem(Problem.of(500, "this did not work; the log says why"));
    }
  }

  private static Reply problem(Problem problem) {
    return new Reply(problem.status(), problem.json());
  }

  private static void send(HttpServerRequest http, Problem problem) {
    send(http, problem(problem));
  }

  /** What of the body was not read is not wanted: the connection ends with the reply. */
  private static void send(HttpServerRequest http, Reply reply) {
    HttpServerResponse response = http.response();
    if (response.closed()) {
      return;
    }
    if (!http.isEnded() && reply.status() >= FIRST_FAILURE) {
      if (http.version() != HttpVersion.HTTP_2) {
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
      http.resume();
    }
    response.setStatusCode(reply.status()).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    JsonNode body = reply.body();
    if (body == null) {
      response.end();
      return;
    }
    String type = reply.status() >= FIRST_FAILURE ? Problem.CONTENT_TYPE : "application/json";
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    response.end(Buffer.buffer(body.toString()));
  }
}
