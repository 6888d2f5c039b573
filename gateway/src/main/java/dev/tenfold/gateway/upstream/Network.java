package dev.tenfold.gateway.upstream;

import dev.tenfold.toolkit.httpclient.ClientPool;
import dev.tenfold.toolkit.httpclient.HttpAnswer;
import dev.tenfold.toolkit.httpclient.HttpCall;
import dev.tenfold.toolkit.httpclient.PendingAnswer;
import io.vertx.core.Future;

/** Carries requests to nodes. Thread-safe. */
@FunctionalInterface
interface Network {
  /** Sends a request; from any thread, and without blocking. */
  Sent send(HttpCall call);

  /** The network behind a pool of connections. */
  static Network of(ClientPool pool) {
    return call -> {
      PendingAnswer pending = pool.start(call);
      return new Sent(pending.future(), pending::cancel);
    };
  }

  /**
   * A request under way.
   *
   * @param answer fails with a {@link dev.tenfold.toolkit.httpclient.ClientException}
   * @param cancel gives it up
   */
  record Sent(Future<HttpAnswer> answer, Runnable cancel) {}
}
