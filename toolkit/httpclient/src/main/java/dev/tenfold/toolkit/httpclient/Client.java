package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.internal.ContextInternal;
import javax.net.ssl.SSLException;

/** One of the N: the connections of one event loop. */
final class Client {
  private final ClientPool pool;
  private final int index;
  private final ContextInternal context;
  private final HttpClientAgent agent;
  private final Deadlines deadlines;

  /** Its idle connections, over all origins. Guarded by the ledger's lock. */
  int idle;

  Client(ClientPool pool, int index, ContextInternal context, HttpClientAgent agent) {
    this.pool = pool;
    this.index = index;
    this.context = context;
    this.agent = agent;
    this.deadlines = new Deadlines(eventLoop(), pool.nanoTime(), pool::timeOut);
  }

  int index() {
    return index;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  EventLoop eventLoop() {
    return context.nettyEventLoop();
  }

  boolean isCurrent() {
    return eventLoop().inEventLoop();
  }

  /** Runs on this client's event loop: at once where that is the caller's. */
  void run(Runnable task) {
    if (isCurrent()) {
      context.dispatch(task);
    } else {
      context.runOnContext(v -> task.run());
    }
  }

  /** Opens a connection, and tells the pool how that went. On this client's event loop. */
  void connect(Exchange exchange) {
    Origin origin = exchange.origin();
    HttpConnectOptions options =
        new HttpConnectOptions().setHost(origin.host()).setPort(origin.port()).setSsl(origin.tls());
    agent
        .connect(options)
        .onComplete(http -> connected(origin, http, exchange), e -> failed(e, exchange));
  }

  private void connected(Origin origin, HttpClientConnection http, Exchange exchange) {
    Connection connection = new Connection(pool, this, origin, http);
    pool.take(pool.ledger().connected(connection, exchange));
  }

  private void failed(Throwable cause, Exchange exchange) {
    Kind kind = cause instanceof SSLException ? Kind.TLS : Kind.CONNECT;
    pool.take(pool.ledger().connectFailed(exchange, kind));
  }
}
