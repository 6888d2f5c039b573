package dev.tenfold.cli;

import dev.tenfold.gateway.config.Config;

/** Starts what the modules offer. */
final class RealServices implements Services {
  @Override
  public RunningGateway gateway(Config config) {
    throw new Failed("this build has no gateway yet");
  }

  @Override
  public RunningNode node(NodeSettings settings) {
    throw new Failed("this build has no simulated node yet");
  }
}
