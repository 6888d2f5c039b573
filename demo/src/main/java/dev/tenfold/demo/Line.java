package dev.tenfold.demo;

import dev.tenfold.demo.steps.BackendServer;
import dev.tenfold.demo.steps.Step;
import dev.tenfold.loadgen.Mix;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A server that is measured step by step.
 *
 * @param server how it is started
 * @param change what it changes against the line before
 * @param mix what it is asked
 * @param isBackend whether it is the backend at one of its steps; else it is the gateway
 */
record Line(Candidate server, String change, Mix mix, boolean isBackend) {
  private static final List<String> BACKEND_FLAGS =
      List.of(
          StepsPlan.HEAP,
          "-Dsun.net.httpserver.nodelay=true",
          "-Dsun.net.httpserver.maxIdleConnections=" + 2 * StepsPlan.MOST_CONNECTIONS);

  /**
   * The backend at a step.
   *
   * @param database a file that is not there when it starts
   */
  static Line of(Step step, StepsPlan plan, URI node, Path database, Mix mix) {
    Candidate server =
        new Candidate(
            step.title(),
            BACKEND_FLAGS,
            BackendServer.class.getName(),
            List.of(
                step.name(), Integer.toString(plan.port()), node.toString(), database.toString()));
    return new Line(server, step.change(), mix, true);
  }

  /** The gateway, with a configuration of {@link Candidate#config}. */
  static Line gateway(StepsPlan plan, Path configFile, Mix mix) {
    Candidate server =
        new Candidate(
            "the gateway",
            List.of(StepsPlan.HEAP),
            plan.mainClass(),
            List.of(
                "serve",
                "--config",
                configFile.toString(),
                "--data",
                String.valueOf(configFile.getParent())));
    return new Line(
        server,
        "Tenfold itself, asked for the same blocks, receipts and balances: other work, without"
            + " user and visit",
        mix,
        false);
  }
}
