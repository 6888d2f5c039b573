package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.rpc.Snapshot;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What is shown of one chain.
 *
 * @param chain its name
 * @param snapshot what is believed of it now
 * @param windowBlocks how many recent blocks are known one by one
 * @param ready true while it has a node with a head
 * @param nodes what its nodes were asked
 */
public record ChainGauges(
    String chain,
    Supplier<? extends Snapshot> snapshot,
    IntSupplier windowBlocks,
    BooleanSupplier ready,
    List<NodeCounts> nodes) {}
