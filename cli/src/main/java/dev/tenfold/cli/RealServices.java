package dev.tenfold.cli;

import dev.tenfold.gateway.Gateway;
import dev.tenfold.gateway.config.Config;
import java.nio.file.Path;
import java.util.List;

/** Starts what the modules offer. */
final class RealServices implements Services {
  @Override
  public RunningGateway gateway(Config config, Path data) {
    return new Serving(Gateway.start(config, data));
  }

  @Override
  public RunningNode node(NodeSettings settings) {
    return SimulatedNode.start(settings);
  }

  private record Serving(Gateway gateway) implements RunningGateway {
    @Override
    public int port() {
      return gateway.port();
    }

    @Override
    public int opsPort() {
      return gateway.opsPort();
    }

    @Override
    public List<NodeReport> nodes() {
      return gateway.nodes().stream()
          .map(node -> new NodeReport(node.chain(), node.node(), node.finding()))
          .toList();
    }

    @Override
    public void close() {
      gateway.close();
    }
  }
}
