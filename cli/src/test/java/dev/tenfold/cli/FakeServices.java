package dev.tenfold.cli;

import dev.tenfold.gateway.config.Config;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts nothing, and tells what it was asked for. */
final class FakeServices implements Services {
  final List<String> events = new ArrayList<>();
  @Nullable Config config;
  @Nullable NodeSettings node;
  boolean portsInUse;

  @Override
  public RunningGateway gateway(Config asked, Path data) {
    config = asked;
    refuseIfInUse();
    events.add("gateway");
    return new RunningGateway() {
      @Override
      public int port() {
        return asked.server().port();
      }

      @Override
      public int opsPort() {
        return asked.ops().port();
      }

      @Override
      public List<NodeReport> nodes() {
        return List.of(new NodeReport("main", "main-1", "chain 1337, head 120"));
      }

      @Override
      public void close() {
        events.add("gateway closed");
      }
    };
  }

  @Override
  public RunningNode node(NodeSettings settings) {
    node = settings;
    refuseIfInUse();
    events.add("node");
    return new RunningNode() {
      @Override
      public String url() {
        return "http://127.0.0.1:40000";
      }

      @Override
      public void close() {
        events.add("node closed");
      }
    };
  }

  private void refuseIfInUse() {
    if (portsInUse) {
      throw new UncheckedIOException(new BindException("Address already in use"));
    }
  }
}
