package dev.tenfold.toolkit.httpclient;

import io.netty.channel.ChannelInboundHandlerAdapter;

/** A connection, as the ledger knows it. All that it does is done on its client's event loop. */
abstract sealed class Connection extends ChannelInboundHandlerAdapter
    permits Http1Connection, Http2Connection {
  private final ClientPool pool;
  private final Client client;
  private final Origin origin;

  // Guarded by the ledger's lock.
  long idleUntilNanos;
  long idleTurn;
  boolean isUsed;

  /** Calls that were given this connection and have not left it. */
  int calls;

  /** Calls that may be on it at a time. */
  int maxCalls;

  Connection(ClientPool pool, Client client, Origin origin, int maxCalls) {
    this.pool = pool;
    this.client = client;
    this.origin = origin;
    this.maxCalls = maxCalls;
  }

  final ClientPool pool() {
    return pool;
  }

  public final Client client() {
    return client;
  }

  final Origin origin() {
    return origin;
  }

  abstract boolean isOpen();

  /** How long the peer keeps it while it is idle, as far as it said. */
  abstract long keepAliveNanos();

  /** The ledger has given this connection to that call. */
  abstract void send(Exchange exchange, boolean reused);

  /**
   * That call has been given up.
   *
   * @param late its time was over
   */
  abstract void abandon(Exchange exchange, boolean late);

  abstract void close();

  /** It has closed. Also called where it had closed before its handler was there to be told. */
  abstract void closed();
}
