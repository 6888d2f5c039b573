package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import javax.net.ssl.SSLException;

/** One of the N: the connections of one event loop. */
final class Client {
  private final ClientPool pool;
  private final int index;
  private final ContextInternal context;
  private final NetClient sockets;
  private final ClientSSLOptions tls;
  private final Deadlines deadlines;

  /** Its idle connections, over all origins. Guarded by the ledger's lock. */
  int idle;

  Client(
      ClientPool pool,
      int index,
      ContextInternal context,
      NetClient sockets,
      ClientSSLOptions tls) {
    this.pool = pool;
    this.index = index;
    this.context = context;
    this.sockets = sockets;
    this.tls = tls;
    this.deadlines = new Deadlines(eventLoop(), pool.nanoTime(), pool::timeOut);
  }

  ContextInternal context() {
    return context;
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
    Future<NetSocket> socket;
    try {
      socket = sockets.connect(options(origin));
    } catch (IllegalStateException e) {
      socket = Future.failedFuture(e); // The owner has closed Vert.x under us.
    }
    socket.onComplete(s -> connected(origin, s, exchange), e -> failed(e, exchange));
  }

  private ConnectOptions options(Origin origin) {
    ConnectOptions options = new ConnectOptions().setHost(origin.host()).setPort(origin.port());
    return origin.tls() ? options.setSsl(true).setSslOptions(tls.copy()) : options;
  }

  private void connected(Origin origin, NetSocket socket, Exchange exchange) {
    NetSocketInternal opened = (NetSocketInternal) socket;
    if (Http2Connection.PROTOCOL.equals(socket.applicationLayerProtocol())) {
      new Http2Connection(pool, this, origin, opened).awaitSettings(exchange);
    } else {
      opened(new Http1Connection(pool, this, origin, opened), exchange);
    }
  }

  /** A connection is there, and takes calls. */
  void opened(Connection connection, Exchange exchange) {
    pool.take(pool.ledger().connected(connection, exchange));
    if (!connection.isOpen()) {
      connection.closed();
    }
  }

  private void failed(Throwable cause, Exchange exchange) {
    failed(exchange, cause instanceof SSLException ? Kind.TLS : Kind.CONNECT);
  }

  /** No connection came of it. */
  void failed(Exchange exchange, Kind kind) {
    pool.take(pool.ledger().connectFailed(exchange, kind));
  }
}
