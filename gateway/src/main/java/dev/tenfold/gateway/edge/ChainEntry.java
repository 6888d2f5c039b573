package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.Snapshot;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A chain, as the edge sees it.
 *
 * @param name as in the path
 * @param handler the first stage of its calls
 * @param snapshot what is believed of it now
 * @param ready true while it has a node with a head
 */
public record ChainEntry(
    String name,
    RpcHandler handler,
    Supplier<? extends Snapshot> snapshot,
    BooleanSupplier ready) {}
