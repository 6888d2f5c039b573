package dev.tenfold.cli;

import dev.tenfold.demo.Demo;
import dev.tenfold.demo.DemoException;
import dev.tenfold.demo.DemoPlan;
import dev.tenfold.demo.DemoResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description =
        "Measures an ordinary backend against the gateway, on this machine, side by side.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "400",
      description = "Requests a second of the steady load (${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Converters.Port.class,
      defaultValue = "0",
      description = "Where each server listens in turn, on loopback; 0 is any free port.")
  private int port;

  @Option(
      names = "--node-port",
      paramLabel = "PORT",
      converter = Converters.Port.class,
      defaultValue = "0",
      description = "Where the simulated node listens, on loopback; 0 is any free port.")
  private int nodePort;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the table goes as JSON; - is the standard output, in place of the text.")
  private @Nullable String json;

  @Option(names = "--print-mix", description = "Prints the mix that is sent, and runs nothing.")
  private boolean printMix;

  @Option(names = "--steady", hidden = true, defaultValue = "4s", description = "For tests.")
  private Duration steady = Duration.ZERO;

  @Option(names = "--step", hidden = true, defaultValue = "700ms", description = "For tests.")
  private Duration step = Duration.ZERO;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (printMix) {
      out.print(Demo.mixText());
    } else {
      show(run(), out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private DemoResult run() throws InterruptedException {
    DemoPlan plan;
    try {
      plan = new DemoPlan(Main.class.getName(), rate, steady, step, port, nodePort);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    requireFree("--port", port);
    requireFree("--node-port", nodePort);
    try {
      return Demo.run(plan, this::progress);
    } catch (DemoException e) {
      throw new Failed("the demo failed: " + e.getMessage());
    }
  }

  private void requireFree(String option, int asked) {
    if (asked != 0 && !Ports.isFree(LOOPBACK, asked)) {
      throw new Failed(
          "port "
              + asked
              + " of "
              + LOOPBACK
              + " is in use; this would work: ./tenfold demo "
              + option
              + " "
              + Ports.nextFree(LOOPBACK, asked, 0));
    }
  }

  private void progress(String step) {
    spec.commandLine().getErr().println(step);
    spec.commandLine().getErr().flush();
  }

  private void show(DemoResult result, PrintWriter out) {
    if ("-".equals(json)) {
      out.println(result.json());
      return;
    }
    out.print(result.text());
    if (json != null) {
      try {
        Files.writeString(Path.of(json), result.json() + "\n");
      } catch (IOException e) {
        throw new Failed("cannot write " + json + ": " + e.getMessage());
      }
    }
  }
}
