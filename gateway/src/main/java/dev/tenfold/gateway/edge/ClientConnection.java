package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * Where a client's requests come from, watched so that a slow or silent client does not hold it for
 * ever: a connection of HTTP/1, or one stream of a connection of HTTP/2.
 */
abstract sealed class ClientConnection implements Connections.Watched
    permits Http1Connection, Http2Stream {
  /** What {@link #firstByteNanos} says where no request is arriving. */
  static final long NOTHING_UNDER_WAY = Long.MIN_VALUE;

  private static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "connection");

  private final HttpConnection connection;
  private final Channel channel;
  private @Nullable Exchange exchange;
  private @Nullable HttpServerResponse response;
  private long requests;
  private boolean closing;
  private boolean writes;
  private boolean wrote;
  private long wroteNanos;

  ClientConnection(HttpConnection connection) {
    this.connection = connection;
    this.channel = ((ConnectionBase) connection).channel();
    channel.attr(KEY).set(this);
  }

  static ClientConnection of(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().attr(KEY).get();
  }

  /** When the request that is arriving began to, or {@link #NOTHING_UNDER_WAY}. */
  abstract long firstByteNanos();

  /** When the client last sent anything. */
  abstract long lastByteNanos();

  /** Ends it since the client has been silent for too long; a call that is under way may end. */
  abstract void idle(EdgeLimits limits);

  /** Ends it where there is no request to answer, and says why if the protocol has a way to. */
  abstract void refuse(Failure failure);

  /**
   * Ends a reply that has begun and cannot be finished, so that nobody can take it for a whole one.
   * What still waits for the socket is dropped.
   */
  abstract void abort();

  HttpConnection connection() {
    return connection;
  }

  Channel channel() {
    return channel;
  }

  /** The head of a request is there; it is the newest one until the next. */
  void asked(HttpServerRequest request) {
    response = request.response();
    requests++;
  }

  /** True if there were so many requests, and the last of them has been answered. */
  boolean hasAnswered(long count) {
    HttpServerResponse last = response;
    return requests == count && (last == null || last.ended());
  }

  /** True while a request arrives, or its calls are under way. */
  boolean isBusy() {
    return exchange != null;
  }

  void begin(Exchange begun) {
    exchange = begun;
  }

  void end(Exchange ended) {
    if (exchange == ended) {
      exchange = null;
    }
  }

  /** A reply has said that it is the last: what still arrives is of no interest. */
  void closing() {
    closing = true;
  }

  /** Whether a large reply is being written, which has a watch of its own. */
  void writes(boolean now, long nowNanos) {
    writes = now;
    wrote = true;
    wroteNanos = nowNanos;
  }

  boolean isClosing() {
    return closing;
  }

  @Override
  public void check(long nowNanos, EdgeLimits limits) {
    if (closing || writes) {
      return;
    }
    long first = firstByteNanos();
    if (first != NOTHING_UNDER_WAY && nowNanos - first > limits.arrivalNanos()) {
      tooSlow();
    } else if (nowNanos - lastByteNanos() > limits.idleNanos()
        && (!wrote || nowNanos - wroteNanos > limits.idleNanos())) {
      idle(limits);
    }
  }

  private void tooSlow() {
    Exchange current = exchange;
    if (current == null) {
      refuse(Failure.REQUEST_TIMEOUT);
    } else {
      current.tooSlow();
    }
  }
}
