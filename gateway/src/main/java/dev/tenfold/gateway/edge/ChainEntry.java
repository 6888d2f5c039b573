package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A chain, as the edge sees it.
 *
 * @param name as in the path
 * @param handler the first stage of its calls
 * @param snapshot what is believed of it now
 * @param watch whether that is of now
 * @param ready true while it has a node with a head
 */
public record ChainEntry(
    String name,
    RpcHandler handler,
    Supplier<? extends Snapshot> snapshot,
    Watch watch,
    BooleanSupplier ready) {

  /** Keeps what is believed of a chain up to date while somebody asks for it. Thread-safe. */
  public interface Watch {
    /** A chain that is always up to date. */
    Watch ALWAYS =
        new Watch() {
          @Override
          public void touched() {}

          @Override
          public boolean awake(long nowNanos) {
            return true;
          }

          @Override
          public Future<Void> wake() {
            return Future.succeededFuture();
          }
        };

    /** Somebody asks for the chain. Must cost next to nothing. */
    void touched();

    /** True while the snapshot is of now; else {@link #wake} is to be waited for. */
    boolean awake(long nowNanos);

    /** Completes soon, on any thread, and never fails. */
    Future<Void> wake();
  }
}
