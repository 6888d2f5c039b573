package dev.tenfold.cli;

import dev.tenfold.cli.Services.RunningGateway;
import dev.tenfold.cli.Services.RunningNode;
import dev.tenfold.gateway.config.AccessLog;
import dev.tenfold.gateway.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = {
      "Serves JSON-RPC in front of nodes.",
      "With neither --config nor --upstream, in front of a simulated node of its own."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Termination termination;
  private final Services services;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration, in YAML; the options below go before it.")
  private @Nullable Path file;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  ServeCommand(Map<String, String> environment, Termination termination, Services services) {
    this.environment = environment;
    this.termination = termination;
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (file != null || !options.upstreams().isEmpty()) {
      Config config = options.config(file, environment);
      termination.listen();
      serve(config);
      return ExitCode.OK;
    }
    termination.listen();
    try (RunningNode node = services.node(NodeSettings.DEFAULT)) {
      spec.commandLine()
          .getErr()
          .println("No node was given: a simulated one runs in this process, at " + node.url());
      serve(Config.of(options.flags().withUpstreams(List.of(node.url()))));
    }
    return ExitCode.OK;
  }

  private void serve(Config config) throws InterruptedException {
    HeapRoom.check(config, Runtime.getRuntime().maxMemory());
    makeDataFolder();
    try (RunningGateway gateway = start(config)) {
      greet(config, gateway);
      termination.await();
    }
  }

  private RunningGateway start(Config config) {
    try {
      return services.gateway(config, options.flags().data());
    } catch (Exception e) { // what a Vert.x future failed with may be checked, though undeclared
      if (Ports.isBindFailure(e)) {
        throw portInUse(config, e);
      }
      throw e;
    }
  }

  private void greet(Config config, RunningGateway gateway) {
    // An access log on the standard output is for machines: nothing else goes there then.
    boolean logged = config.ops().accessLog() instanceof AccessLog.Stdout;
    PrintWriter out = logged ? spec.commandLine().getErr() : spec.commandLine().getOut();
    String scheme = config.server().tls().isOn() ? "https" : "http";
    String url = url(scheme, config.server().host(), gateway.port());
    String ops = url("http", config.ops().host(), gateway.opsPort());
    out.println("Tenfold " + Version.number() + " serves at " + url + ", operators at " + ops);
    gateway
        .nodes()
        .forEach(n -> out.println("  " + n.chain() + ", node " + n.node() + ": " + n.finding()));
    out.println(
        "Try: curl -s "
            + url
            + (config.access().requireKey()
                ? "/" + config.chains().firstEntry().getKey() + "/KEY"
                : "")
            + " -H 'content-type: application/json' --data"
            + " '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_blockNumber\",\"params\":[]}'");
    out.flush();
    if (!config.access().requireKey()) {
      warnOf("server.host", config.server().host(), "can call your nodes without a key");
    }
    warnOf("ops.host", config.ops().host(), "can read what operators read");
  }

  private void warnOf(String key, String host, String consequence) {
    if (!isLoopback(host)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "WARNING: " + key + " is " + host + ": who reaches this machine " + consequence + ".");
      err.flush();
    }
  }

  private Failed portInUse(Config config, Exception e) {
    int port = config.server().port();
    int opsPort = config.ops().port();
    String host = config.server().host();
    String opsHost = config.ops().host();
    if (port != 0 && !Ports.isFree(host, port)) {
      return portInUse(host, port, "--port", Ports.nextFree(host, port, opsPort));
    }
    if (opsPort != 0 && !Ports.isFree(opsHost, opsPort)) {
      return portInUse(opsHost, opsPort, "--ops-port", Ports.nextFree(opsHost, opsPort, port));
    }
    return new Failed("cannot listen on " + host + " and " + opsHost + ": " + e.getMessage());
  }

  private Failed portInUse(String host, int port, String option, int free) {
    String line = new CommandLineText(file, options).with(option, free);
    return new Failed("port " + port + " of " + host + " is in use; this would work: " + line);
  }

  private void makeDataFolder() {
    Path data = options.data();
    if (data == null) {
      return;
    }
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new Failed("--data " + data + ": the folder cannot be made: " + e.getMessage());
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private static String url(String scheme, String host, int port) {
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
