package dev.tenfold.cli;

import dev.tenfold.gateway.config.Config;
import java.nio.file.Path;
import java.util.List;

/** What the commands start and stop. */
interface Services {
  /**
   * Starts a gateway, which listens when this returns.
   *
   * @throws RuntimeException with the reason; a {@link java.net.BindException} among its causes
   *     says that a port is in use
   * @param data where it keeps its files
   */
  RunningGateway gateway(Config config, Path data);

  /** Starts a simulated node, which listens when this returns; fails as {@link #gateway} does. */
  RunningNode node(NodeSettings settings);

  /** A gateway that serves. */
  interface RunningGateway extends AutoCloseable {
    int port();

    int opsPort();

    /** What each node answered, in the order of the configuration. */
    List<NodeReport> nodes();

    /** Answers what is in flight, and then stops. */
    @Override
    void close();
  }

  /** A simulated node that serves. */
  interface RunningNode extends AutoCloseable {
    String url();

    @Override
    void close();
  }

  /**
   * What serve says of a node when it starts.
   *
   * @param chain as configured
   * @param node what it is called in logs
   * @param finding where it is, or why it is not used
   */
  record NodeReport(String chain, String node, String finding) {}
}
