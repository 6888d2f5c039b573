package dev.tenfold.cli;

import dev.tenfold.loadgen.Arrivals;
import dev.tenfold.loadgen.LoadPlan;
import dev.tenfold.loadgen.LoadProgress;
import dev.tenfold.loadgen.LoadResult;
import dev.tenfold.loadgen.LoadRun;
import dev.tenfold.loadgen.Mix;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "load",
    description = "Sends calls at a constant rate, and says how long the answers took.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class LoadCommand implements Callable<Integer> {
  private static final double NANOS_A_MILLI = 1e6;

  @Option(names = "--url", paramLabel = "URL", description = "Where to send calls: http only.")
  private @Nullable URI url;

  @Option(names = "--rate", paramLabel = "N", description = "How many requests a second.")
  private @Nullable Double rate;

  @Option(
      names = "--closed",
      description = "Instead of a rate: each connection sends again when its reply is here.")
  private boolean closed;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "How long requests are sent (${DEFAULT-VALUE}), at most 1h.")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "How long requests are sent before that do not count (${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "How many requests are sent at most (as many as fit into the duration).")
  private @Nullable Long requests;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many connections are kept open (${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long a reply may take (${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--mix",
      paramLabel = "FILE",
      description = "Which calls: YAML, see --print-mix (the mix that is built in).")
  private @Nullable Path mix;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Equal seeds send equal calls in equal order (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--allow-remote", description = "The URL may be on another machine.")
  private boolean allowRemote;

  @Option(
      names = "--progress",
      description = "A line each second on the standard error, also where it is no terminal.")
  private boolean progress;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Where the result goes as JSON; - is the standard output, in place of the text.")
  private @Nullable String json;

  @Option(
      names = "--fail-on-errors",
      description = "Status 1 if any request failed or never went out; without, 0.")
  private boolean failOnErrors;

  @Option(
      names = "--print-mix",
      description = "Prints the mix that is built in, and sends nothing.")
  private boolean printMix;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (printMix) {
      out.print(Mix.builtInText());
      out.flush();
      return ExitCode.OK;
    }
    LoadResult result = run(plan());
    if ("-".equals(json)) {
      out.println(result.json());
    } else {
      out.print(result.text());
      writeJson(result);
    }
    out.flush();
    boolean failed = result.failed() + result.unsent() > 0;
    return failOnErrors && failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private LoadPlan plan() {
    if (url == null) {
      throw wrong("--url is missing: where to send calls");
    }
    if (closed == (rate != null)) {
      throw wrong("one of --rate and --closed must be given");
    }
    try {
      return new LoadPlan(
          url,
          mix(),
          rate == null ? new Arrivals.Closed() : new Arrivals.Open(rate),
          warmUp,
          duration,
          requests == null ? Long.MAX_VALUE : requests,
          connections,
          timeout,
          seed,
          allowRemote);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Mix mix() {
    if (mix == null) {
      return Mix.builtIn();
    }
    try {
      return Mix.read(mix.toString(), Files.readString(mix));
    } catch (IOException e) {
      throw new Failed("cannot read the mix " + mix + ": " + e.getMessage());
    }
  }

  private LoadResult run(LoadPlan plan) throws InterruptedException {
    try {
      return LoadRun.run(plan, listener());
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage() + " (--allow-remote)");
    } catch (IOException e) {
      throw new Failed("the load could not run: " + e.getMessage());
    }
  }

  private Consumer<LoadProgress> listener() {
    boolean shown = progress || isTerminal();
    return shown ? this::show : ignored -> {};
  }

  @SuppressWarnings("SystemConsoleNull") // a provider may still give none
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private void show(LoadProgress now) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        Locale.ROOT,
        "%4d s  %,9d good/s  %,6d failed/s  %,7d waiting  p50 %,.2f ms  p99 %,.2f ms%s%n",
        now.elapsed().toSeconds(),
        now.good(),
        now.failed(),
        now.waiting(),
        now.latency().p50Nanos() / NANOS_A_MILLI,
        now.latency().p99Nanos() / NANOS_A_MILLI,
        now.warmingUp() ? "  warming up" : "");
    err.flush();
  }

  private void writeJson(LoadResult result) {
    if (json == null) {
      return;
    }
    try {
      Files.writeString(Path.of(json), result.json() + "\n");
    } catch (IOException e) {
      throw new Failed("cannot write " + json + ": " + e.getMessage());
    }
  }

  private ParameterException wrong(String complaint) {
    return new ParameterException(spec.commandLine(), complaint);
  }
}
