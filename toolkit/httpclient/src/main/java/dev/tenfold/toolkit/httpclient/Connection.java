package dev.tenfold.toolkit.httpclient;

import io.vertx.core.http.HttpClientConnection;
import org.jspecify.annotations.Nullable;

/** One connection, and the call that is on it. Its methods run on its event loop. */
final class Connection {
  private final ClientPool pool;
  private final Client client;
  private final Origin origin;
  private final HttpClientConnection http;

  private @Nullable Attempt current;
  private boolean unusable;
  private long keepAliveNanos = Long.MAX_VALUE;

  // Guarded by the ledger's lock.
  long idleUntilNanos;
  long idleTurn;
  boolean isUsed;

  Connection(ClientPool pool, Client client, Origin origin, HttpClientConnection http) {
    this.pool = pool;
    this.client = client;
    this.origin = origin;
    this.http = http;
    http.exceptionHandler(this::broken);
    http.closeHandler(v -> closed());
  }

  Client client() {
    return client;
  }

  Origin origin() {
    return origin;
  }

  /** How long the peer keeps an idle connection, as far as it said. */
  long keepAliveNanos() {
    return keepAliveNanos;
  }

  HttpClientConnection http() {
    return http;
  }

  boolean isUnusable() {
    return unusable;
  }

  void send(Exchange exchange, boolean reused) {
    if (unusable) {
      pool.take(pool.ledger().again(exchange, false));
    } else if (exchange.isDone()) {
      pool.take(pool.ledger().release(this));
    } else {
      Attempt attempt = new Attempt(pool, this, exchange, reused);
      current = attempt;
      attempt.start();
    }
  }

  /** The call that is on it was given up. */
  void abandon(Exchange exchange) {
    if (current != null && current.exchange() == exchange) {
      close();
    }
  }

  void close() {
    unusable = true;
    http.close();
  }

  /** The call that was on it has its answer. */
  void answered(boolean reusable, long peerKeepsNanos) {
    current = null;
    if (unusable) {
      return;
    }
    if (reusable) {
      keepAliveNanos = peerKeepsNanos;
      pool.take(pool.ledger().release(this));
    } else {
      close();
    }
  }

  /** Also where bytes come that nobody asked for: what follows could be taken for an answer. */
  private void broken(Throwable cause) {
    Attempt attempt = current;
    if (attempt != null) {
      attempt.broken(cause);
    }
    close();
  }

  private void closed() {
    unusable = true;
    Attempt attempt = current;
    current = null;
    if (attempt != null) {
      attempt.closed();
    }
    pool.take(pool.ledger().closed(this));
  }
}
