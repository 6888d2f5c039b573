package dev.tenfold.cli;

import dev.tenfold.simnode.SimNode;
import dev.tenfold.simnode.SimNodeOptions;
import dev.tenfold.simnode.SimNodeServer;
import dev.tenfold.simnode.SimulatedChain;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** A simulated node that listens on loopback, on an event loop of its own. */
final class SimulatedNode implements Services.RunningNode {
  private static final String HOST = "127.0.0.1";

  private final Vertx vertx;
  private final SimNodeServer server;

  private SimulatedNode(Vertx vertx, SimNodeServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  static SimulatedNode start(NodeSettings settings) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      SimNode node = SimNode.create(options(settings));
      SimNodeServer server = join(SimNodeServer.start(vertx, node, HOST, settings.port()));
      if (settings.reorgEvery().isPositive()) {
        vertx.setPeriodic(
            Math.max(1, settings.reorgEvery().toMillis()),
            timer -> reorganise(node.chain(), settings.reorgDepth()));
      }
      return new SimulatedNode(vertx, server);
    } catch (RuntimeException e) {
      join(vertx.close());
      throw e;
    }
  }

  /** A chain that has not so many blocks loses all but its first. */
  private static void reorganise(SimulatedChain chain, int depth) {
    chain.reorg((int) Math.min(depth, chain.headNumber()));
  }

  private static SimNodeOptions options(NodeSettings settings) {
    return SimNodeOptions.builder()
        .latency(settings.latency())
        .jitter(settings.jitter())
        .failRate(settings.failures())
        .blockTime(settings.blockTime())
        .seed(settings.seed())
        .chainId(settings.chainId())
        .startBlocks(settings.blocks())
        .finalityTags(settings.finality())
        .build();
  }

  @Override
  public String url() {
    return "http://" + HOST + ":" + server.port();
  }

  @Override
  public void close() {
    join(server.close());
    join(vertx.close());
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
