package dev.tenfold.gateway.route;

import dev.tenfold.gateway.rpc.Snapshot;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The chain, as the one sees it who asks its nodes.
 *
 * @param snapshots what is believed of it now
 * @param suspect told when a node does not have a block that it should: the chain may have changed
 * @param timer runs something later on the event loop that asked for it
 */
public record RoutedChain(
    Supplier<? extends Snapshot> snapshots,
    Runnable suspect,
    BiConsumer<Duration, Runnable> timer) {}
