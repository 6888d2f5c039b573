package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.chain.ChainFacts;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The chain whose calls are answered.
 *
 * @param name unlike that of any other chain that shares the memory
 * @param facts what is known of it now; called often, so a field read
 * @param snapshots what is believed of it now; the same
 * @param suspect told when a node has named a block that is not in the chain as it is believed to
 *     be; the answer that named it is given when the future completes, which never fails
 * @param wanted told of a block that is asked for, and that the window does not reach down to
 */
public record AnsweredChain(
    String name,
    Supplier<ChainFacts> facts,
    Supplier<? extends Snapshot> snapshots,
    Supplier<Future<Void>> suspect,
    LongConsumer wanted) {}
