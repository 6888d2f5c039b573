package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.CacheStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * {@code /health/live}: the process runs. {@code /health/ready}: it is not stopping, and each chain
 * has a node with a head; otherwise 503 and the names of the chains that have none.
 */
final class Health {
  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";

  private final Collection<ChainEntry> chains;
  private volatile boolean stopping;

  Health(Collection<ChainEntry> chains) {
    this.chains = List.copyOf(chains);
  }

  boolean knows(String path) {
    return path.equals(LIVE) || path.equals(READY);
  }

  void answer(HttpServerRequest http, String path) {
    if (path.equals(LIVE)) {
      answer(http, 200, "live\n");
    } else if (stopping) {
      answer(http, 503, "stopping\n");
    } else {
      ready(http);
    }
  }

  private void ready(HttpServerRequest http) {
    List<String> waiting = new ArrayList<>();
    for (ChainEntry chain : chains) {
      if (!chain.ready().getAsBoolean()) {
        waiting.add(chain.name());
      }
    }
    if (waiting.isEmpty()) {
      answer(http, 200, "ready\n");
    } else {
      answer(http, 503, "no node with a head: " + String.join(", ", waiting) + "\n");
    }
  }

  private static void answer(HttpServerRequest http, int status, String text) {
    http.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(Replies.CACHE_STATUS, CacheStatus.HIT.header())
        .end(text);
  }

  void stopping() {
    stopping = true;
  }
}
