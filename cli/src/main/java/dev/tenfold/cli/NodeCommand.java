package dev.tenfold.cli;

import dev.tenfold.cli.Services.RunningNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "node",
    description = "Runs a simulated EVM node, whose chain is a pure function of the seed.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class NodeCommand implements Callable<Integer> {
  static final int PORT = 8555;

  private static final String LOOPBACK = "127.0.0.1";

  private final Termination termination;
  private final Services services;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Converters.Port.class,
      defaultValue = "" + PORT,
      description = "Where it listens on loopback (${DEFAULT-VALUE}); 0 is any free port.")
  private int port;

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "How long each answer takes (${DEFAULT-VALUE}), such as 100ms.")
  private Duration latency = Duration.ZERO;

  @Option(
      names = "--jitter",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "How much longer it may take, by chance (${DEFAULT-VALUE}).")
  private Duration jitter = Duration.ZERO;

  @Option(
      names = "--fail",
      paramLabel = "SHARE",
      converter = Converters.Share.class,
      defaultValue = "0%",
      description = "How many of all requests fail (${DEFAULT-VALUE}), such as 1%%.")
  private double failures;

  @Option(
      names = "--block-time",
      paramLabel = "TIME",
      defaultValue = "12s",
      description = "How often a block is made (${DEFAULT-VALUE}).")
  private Duration blockTime = Duration.ZERO;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = "120",
      description = "How many blocks there are at the start (${DEFAULT-VALUE}).")
  private int blocks;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Equal seeds make equal chains (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--chain-id",
      paramLabel = "N",
      defaultValue = "1337",
      description = "The chain's id (${DEFAULT-VALUE}).")
  private long chainId;

  @Option(
      names = "--reorg-every",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "How often the newest blocks are replaced (never), such as 10s.")
  private Duration reorgEvery = Duration.ZERO;

  @Option(
      names = "--reorg-depth",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many blocks are replaced then (${DEFAULT-VALUE}).")
  private int reorgDepth;

  @Option(names = "--no-finality", description = "It knows no finalized and no safe block.")
  private boolean noFinality;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  NodeCommand(Termination termination, Services services) {
    this.termination = termination;
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    require(
        blocks >= 0 && chainId >= 1,
        "--blocks must not be negative, and --chain-id must be 1 or more");
    require(reorgDepth >= 1, "--reorg-depth must be 1 or more");
    termination.listen();
    try (RunningNode node = start()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Simulated node at " + node.url() + ", chain " + chainId + ", seed " + seed);
      out.println("Try: ./tenfold serve --upstream " + node.url());
      out.flush();
      termination.await();
    }
    return ExitCode.OK;
  }

  private void require(boolean good, String rule) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), rule);
    }
  }

  private RunningNode start() {
    try {
      return services.node(
          new NodeSettings(
              port,
              latency,
              jitter,
              failures,
              blockTime,
              seed,
              chainId,
              blocks,
              reorgEvery,
              reorgDepth,
              !noFinality));
    } catch (Exception e) { // what a Vert.x future failed with may be checked, though undeclared
      if (!Ports.isBindFailure(e)) {
        throw e;
      }
      int free = Ports.nextFree(LOOPBACK, port, 0);
      throw new Failed(
          "port " + port + " is in use; this would work: ./tenfold node --port " + free);
    }
  }
}
