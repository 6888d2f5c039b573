package dev.tenfold.cli;

import dev.tenfold.gateway.config.ConfigException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** All commands. What goes wrong is one line on the standard error. */
@Command(
    name = "tenfold",
    description = "An RPC gateway for EVM nodes: what is known is answered from memory.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class Tenfold implements Runnable {
  private static final Pattern REST_OF_URL =
      Pattern.compile("(\\w+://)(?:[^/\\s'@]*@)?([^/\\s'?]+)[/?][^\\s']+");

  private final Map<String, String> environment;
  private final Termination termination;
  private final Services services;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  Tenfold(Map<String, String> environment, Termination termination, Services services) {
    this.environment = environment;
    this.termination = termination;
    this.services = services;
  }

  /** The parser of command lines, with all commands. */
  static CommandLine commandLine(Tenfold tenfold) {
    CommandLine commandLine = new CommandLine(tenfold);
    commandLine.addSubcommand(
        new ServeCommand(tenfold.environment, tenfold.termination, tenfold.services));
    commandLine.addSubcommand(new NodeCommand(tenfold.termination, tenfold.services));
    commandLine.addSubcommand(new LoadCommand());
    commandLine.addSubcommand(new DemoCommand());
    commandLine.addSubcommand(new UsersCommand(tenfold.environment));
    commandLine.addSubcommand(new KeysCommand(tenfold.environment));
    commandLine.addSubcommand(new UsageCommand(tenfold.environment));
    commandLine.addSubcommand(new CheckConfigCommand(tenfold.environment));
    commandLine.addSubcommand(new PrintConfigCommand(tenfold.environment));
    commandLine.addSubcommand(new WarmUpCommand(tenfold.environment, tenfold.services));
    commandLine.addSubcommand(new HelpCommand());
    commandLine.registerConverter(Duration.class, Converters::duration);
    commandLine.setParameterExceptionHandler(Tenfold::onWrongUsage);
    commandLine.setExecutionExceptionHandler(Tenfold::onFailure);
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int onWrongUsage(ParameterException e, String[] args) {
    CommandLine commandLine = e.getCommandLine();
    String name = commandLine.getCommandSpec().qualifiedName();
    say(commandLine, e.getMessage() + "; see ./" + name + " --help");
    return ExitCode.USAGE;
  }

  private static int onFailure(Exception e, CommandLine commandLine, ParseResult parsed)
      throws Exception {
    if (e instanceof Failed || e instanceof ConfigException) {
      say(commandLine, String.valueOf(e.getMessage()));
      return ExitCode.SOFTWARE;
    }
    throw e;
  }

  private static void say(CommandLine commandLine, String message) {
    commandLine.getErr().println("tenfold: " + withoutSecrets(message));
    commandLine.getErr().flush();
  }

  /** What follows the host of a URL may be a key, and so may what stands before it. */
  static String withoutSecrets(String message) {
    return REST_OF_URL.matcher(message.replace('\n', ' ')).replaceAll("$1$2/***");
  }
}
