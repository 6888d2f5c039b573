package dev.tenfold.cli;

import dev.tenfold.demo.Demo;
import dev.tenfold.demo.DemoException;
import dev.tenfold.demo.DemoPlan;
import dev.tenfold.demo.DemoResult;
import dev.tenfold.demo.Steps;
import dev.tenfold.demo.StepsPlan;
import dev.tenfold.demo.StepsResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
        "Measures an ordinary backend against the gateway, on this machine, side by side; or, with"
            + " --steps, what each part of the toolkit brings to a backend.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";

  private static final int RATE = 400;
  private static final Duration STEADY = Duration.ofSeconds(4);
  private static final Duration STEP = Duration.ofMillis(700);

  private static final int STEPS_RATE = 200;
  private static final Duration STEPS_STEADY = Duration.ofSeconds(2);
  private static final Duration STEPS_BURST = Duration.ofMillis(900);

  @Option(
      names = "--steps",
      description =
          "Measures one backend with one improvement after the other: object pool, client pool,"
              + " JSON, worker pool, cache, database.")
  private boolean steps;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Requests a second of the steady load (" + RATE + "; with --steps " + STEPS_RATE + ").")
  private @Nullable Integer rate;

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

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "With --steps: where the table goes as a picture.")
  private @Nullable Path svg;

  @Option(names = "--print-mix", description = "Prints the mix that is sent, and runs nothing.")
  private boolean printMix;

  @Option(names = "--steady", hidden = true, description = "For tests.")
  private @Nullable Duration steady;

  @Option(names = "--step", hidden = true, description = "For tests.")
  private @Nullable Duration step;

  @Option(names = "--connections", hidden = true, defaultValue = "512", description = "For tests.")
  private int connections;

  @Option(names = "--rounds", hidden = true, defaultValue = "4", description = "For tests.")
  private int rounds;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (svg != null && !steps) {
      throw new ParameterException(spec.commandLine(), "--svg needs --steps");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (printMix) {
      out.print(steps ? Steps.mixText() : Demo.mixText());
    } else if (steps) {
      StepsResult result = run(this::stepsPlan, Steps::run);
      show(result.text(), result.json(), out);
      write(svg, result.svg());
    } else {
      DemoResult result = run(this::demoPlan, Demo::run);
      show(result.text(), result.json(), out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private DemoPlan demoPlan() {
    return new DemoPlan(
        Main.class.getName(),
        orElse(rate, RATE),
        orElse(steady, STEADY),
        orElse(step, STEP),
        port,
        nodePort);
  }

  private StepsPlan stepsPlan() {
    return new StepsPlan(
        Main.class.getName(),
        orElse(rate, STEPS_RATE),
        rounds,
        orElse(steady, STEPS_STEADY),
        connections,
        orElse(step, STEPS_BURST),
        port,
        nodePort);
  }

  private static <T> T orElse(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  /** What measures by a plan, and tells how it goes. */
  private interface Measurement<P, R> {
    R run(P plan, Consumer<String> progress) throws InterruptedException;
  }

  private <P, R> R run(Supplier<P> planned, Measurement<P, R> measurement)
      throws InterruptedException {
    P plan;
    try {
      plan = planned.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    requireFree("--port", port);
    requireFree("--node-port", nodePort);
    requireFolder(svg);
    requireFolder(json == null || json.equals("-") ? null : Path.of(json));
    try {
      return measurement.run(plan, this::progress);
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
              + (steps ? "--steps " : "")
              + option
              + " "
              + Ports.nextFree(LOOPBACK, asked, 0));
    }
  }

  /** It would be a pity to learn that after three minutes. */
  private static void requireFolder(@Nullable Path file) {
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new Failed("cannot write " + file + ": there is no folder " + folder);
    }
  }

  private void progress(String step) {
    spec.commandLine().getErr().println(step);
    spec.commandLine().getErr().flush();
  }

  private void show(String text, String asJson, PrintWriter out) {
    if ("-".equals(json)) {
      out.println(asJson);
      return;
    }
    out.print(text);
    write(json == null ? null : Path.of(json), asJson + "\n");
  }

  private static void write(@Nullable Path file, String content) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new Failed("cannot write " + file + ": " + e.getMessage());
    }
  }
}
