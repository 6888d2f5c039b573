package dev.tenfold.cli;

import dev.tenfold.simnode.SimNode;
import dev.tenfold.simnode.SimNodeOptions;
import dev.tenfold.simnode.SimNodeServer;
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
      return new SimulatedNode(
          vertx, join(SimNodeServer.start(vertx, node, HOST, settings.port())));
    } catch (RuntimeException e) {
      join(vertx.close());
      throw e;
    }
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
