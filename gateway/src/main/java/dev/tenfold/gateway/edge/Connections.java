package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The connections of one event loop. Their number is bounded over all loops together. */
final class Connections {
  private final Set<ClientConnection> open = new HashSet<>();
  private final AtomicInteger openEverywhere;
  private final HttpServerOptions options;
  private final EdgeLimits limits;
  private final LongSupplier nanoClock;

  Connections(
      AtomicInteger openEverywhere,
      HttpServerOptions options,
      EdgeLimits limits,
      LongSupplier nanoClock) {
    this.openEverywhere = openEverywhere;
    this.options = options;
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  /** Takes a new connection, or refuses it where there are too many. */
  void admit(HttpConnection connection) {
    ClientConnection client = ClientConnection.watch(connection, options, nanoClock);
    boolean tooMany = openEverywhere.incrementAndGet() > limits.connections();
    open.add(client);
    connection.closeHandler(
        closed -> {
          openEverywhere.decrementAndGet();
          open.remove(client);
        });
    if (tooMany) {
      client.refuse(Failure.TOO_MANY_CONNECTIONS);
    }
  }

  /** Looks for those that take too long; called every second or so. */
  void sweep() {
    long now = nanoClock.getAsLong();
    for (ClientConnection client : List.copyOf(open)) {
      client.check(now, limits);
    }
  }
}
