package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The connections of one event loop. Their number is bounded over all loops together. */
final class Connections {
  private final Map<Channel, Watched> open = new HashMap<>();
  private final AtomicInteger openEverywhere;
  private final HttpServerOptions options;
  private final EdgeLimits limits;
  private final LongSupplier nanoClock;
  private final Http2Server http2;
  private final FastPath fastPath;

  /** What may take too long. */
  interface Watched {
    /** Ends what has taken too long. */
    void check(long nowNanos, EdgeLimits limits);
  }

  Connections(
      AtomicInteger openEverywhere,
      HttpServerOptions options,
      EdgeLimits limits,
      LongSupplier nanoClock,
      Http2Server http2,
      FastPath fastPath) {
    this.openEverywhere = openEverywhere;
    this.options = options;
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.http2 = http2;
    this.fastPath = fastPath;
  }

  /** Takes a new connection, or refuses it where there are too many. */
  void admit(HttpConnection connection) {
    Http1Connection client =
        new Http1Connection(connection, options, nanoClock, fastPath, this::becomesHttp2);
    Channel channel = client.channel();
    boolean tooMany = openEverywhere.incrementAndGet() > limits.connections();
    open.put(channel, client);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              openEverywhere.decrementAndGet();
              open.remove(channel);
            });
    if (tooMany) {
      client.refuse(Failure.TOO_MANY_CONNECTIONS);
    }
  }

  private void becomesHttp2(Channel channel, StrictRequestDecoder decoder) {
    open.put(channel, http2.take(channel, decoder));
  }

  /** Looks for those that take too long; called every second or so. */
  void sweep() {
    long now = nanoClock.getAsLong();
    for (Watched client : List.copyOf(open.values())) {
      client.check(now, limits);
    }
  }
}
