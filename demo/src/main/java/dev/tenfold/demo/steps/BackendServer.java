package dev.tenfold.demo.steps;

import dev.tenfold.demo.DemoServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The {@link Backend} in a process of its own, with which it ends. */
public final class BackendServer implements DemoServer {
  /** The {@link dev.tenfold.demo.Leash} makes it. */
  public BackendServer() {}

  /** Arguments: the step, the port, the node's URL, and a file that is not there yet. */
  @Override
  public URI start(List<String> arguments) throws IOException, SQLException {
    Step step = Step.valueOf(arguments.get(0));
    int port = Integer.parseInt(arguments.get(1));
    URI node = URI.create(arguments.get(2));
    return Backend.start(step, port, node, Path.of(arguments.get(3))).url();
  }
}
