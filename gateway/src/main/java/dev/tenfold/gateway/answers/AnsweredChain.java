package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.chain.ChainFacts;
import dev.tenfold.gateway.rpc.Snapshot;
import java.util.function.Supplier;

/**
 * The chain whose calls are answered.
 *
 * @param name unlike that of any other chain that shares the memory
 * @param facts what is known of it now; called often, so a field read
 * @param snapshots what is believed of it now; the same
 */
public record AnsweredChain(
    String name, Supplier<ChainFacts> facts, Supplier<? extends Snapshot> snapshots) {}
