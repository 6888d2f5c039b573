package dev.tenfold.toolkit.profiling;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Mounts a {@link Profiling} on the HTTP server of the JDK:
 *
 * {@snippet file="dev/tenfold/toolkit/profiling/ProfilingExampleTest.java" region="mount"}
 *
 * <p>{@code GET} only; other methods get 405. Who may ask is decided by the address that the server
 * is bound to: bind it to loopback, or put an {@code Authenticator} on the context.
 *
 * <p><b>Threads.</b> The thread of the server is free while a profile is taken; the response is
 * sent on a virtual thread. That server does not tell when a client leaves, so a profile that
 * nobody waits for any more is taken to its end.
 *
 * <p>It needs the module {@code jdk.httpserver}, which the rest of this part does without. It does
 * not close the {@code Profiling}.
 */
public final class ProfilingHandler implements HttpHandler {
  private final Profiling profiling;

  /** Answers with these. */
  public ProfilingHandler(Profiling profiling) {
    this.profiling = profiling;
  }

  @Override
  public void handle(HttpExchange http) {
    CompletableFuture<ProfilingResponse> answer =
        http.getRequestMethod().equals("GET")
            ? profiling.respond(http.getRequestURI().getPath(), http.getRequestURI().getRawQuery())
            : CompletableFuture.completedFuture(Refusal.getOnly().response());
    var _ =
        answer.thenAccept(
            response -> Thread.ofVirtual().name(WorkThread.NAME).start(() -> send(http, response)));
  }

  private static void send(HttpExchange http, ProfilingResponse response) {
    try (http) {
      response.headers().forEach(http.getResponseHeaders()::set);
      int length = response.body().length;
      http.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
      http.getResponseBody().write(response.body());
    } catch (IOException _) {
      // the client has left
    }
  }
}
