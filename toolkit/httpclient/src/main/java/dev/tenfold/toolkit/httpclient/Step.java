package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;

/** What the ledger wants done; the caller does it once it no longer holds the lock. */
sealed interface Step {
  Step SWEEP = new Sweep();

  /** Look for connections that were idle for too long, in a while. */
  record Sweep() implements Step {}

  /** Send the call on this connection, which may have served others. */
  record Send(Connection connection, Exchange exchange, boolean reused) implements Step {}

  /** Open a connection, first of all for this call. */
  record Connect(Exchange exchange) implements Step {}

  /** Close this connection, which nobody else has. */
  record Close(Connection connection) implements Step {}

  /** The call has just been ended; tell its caller. */
  record Fail(Exchange exchange, Kind kind) implements Step {}
}
