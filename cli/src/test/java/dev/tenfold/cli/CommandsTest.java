package dev.tenfold.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.config.AccessLog;
import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The contract of the command line: what is said, and with which exit status. */
@Timeout(30)
class CommandsTest {
  private final FakeServices services = new FakeServices();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                                     | which command?; see ./tenfold --help
          sevre                      | Unmatched argument at index 0: 'sevre'
          serve --prot 1             | Unknown options: '--prot', '1'; see ./tenfold serve --help
          serve --port x             | Invalid value for option '--port'
          serve --port 65536         | Invalid value for option '--port': 65536: it must be a port from 0 to 65535
          serve --upstream ftp://n   | Invalid value for option '--upstream' (URL): the url must begin with http://
          check-config               | Missing required parameter: 'FILE'
          node --latency 100         | Invalid value for option '--latency': 100: it must be a duration
          node --fail 101%           | Invalid value for option '--fail': 101%: it must be from 0% to 100%
          node --blocks -1           | --blocks must not be negative
          node --reorg-depth 0       | --reorg-depth must be 1 or more
          """)
  void wrongUsageIsOneLineAndStatusTwo(String line, String complaint) {
    int status = run(line == null ? new String[0] : line.split(" "));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).startsWith("tenfold: " + complaint).hasLineCount(1);
    assertThat(services.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "serve ", "node ", "load ", "demo ", "check-config ", "print-config "})
  void helpAndVersionAreGivenForAllAndForEach(String command) {
    assertThat(run((command + "--help").split(" "))).isZero();
    assertThat(run((command + "--version").split(" "))).isZero();

    assertThat(out.toString()).contains("Usage: tenfold").contains("tenfold " + Version.number());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theVersionIsTheOneOfTheBuild() {
    assertThat(Version.number()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
  }

  @Test
  void aKeyInAStrayArgumentIsNotPrinted() {
    run("serve", "https://user:pass@node.example/v2/k3y");

    assertThat(err.toString()).contains("https://node.example/***").doesNotContain("k3y", "pass");
  }

  @Test
  void serveSaysWhereItListensWhatItFoundAndWhatToTry() {
    int status = run("serve", "--upstream", "http://127.0.0.1:8546", "--port", "8600");

    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("serves at http://127.0.0.1:8600, operators at http://127.0.0.1:6060")
        .contains("main, node main-1: chain 1337, head 120")
        .contains("curl -s http://127.0.0.1:8600 ");
    assertThat(err.toString()).isEmpty();
    assertThat(services.events).containsExactly("gateway", "gateway closed");
  }

  @Test
  void serveWithoutNodesRunsASimulatedOneAndSaysSo() {
    int status = run("serve");

    assertThat(status).isZero();
    assertThat(err.toString()).contains("a simulated one runs in this process");
    assertThat(requireNonNull(services.config).chains().firstEntry().getValue().upstreams())
        .containsExactly(UpstreamConfig.of("http://127.0.0.1:40000"));
    assertThat(services.events).containsExactly("node", "gateway", "gateway closed", "node closed");
  }

  @Test
  void serveReadsTheFileAndTheEnvironmentAndTheFlagsGoBefore() throws Exception {
    Path file = file("server: { port: 1 }\nops: { access-log: log }\n");
    Path data = folder.resolve("data/deeper");

    run("serve", "--config", file.toString(), "--port", "8601", "--data", data.toString());

    Config config = requireNonNull(services.config);
    assertThat(config.server().port()).isEqualTo(8601);
    assertThat(config.ops().accessLog()).isEqualTo(new AccessLog.ToFile(data.resolve("log")));
    assertThat(config.chains().firstEntry().getValue().upstreams().getFirst().url().getPath())
        .isEqualTo("/k3y");
    assertThat(data).isDirectory();
  }

  @Test
  void whereTheAccessLogHasTheStandardOutputNothingElseGoesThere() throws Exception {
    run("serve", "--config", file("ops: { access-log: stdout }\n").toString());

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("serves at");
  }

  @Test
  void aGatewayThatOthersCanReachIsWarnedOfLoudly() throws Exception {
    run("serve", "--config", file("server: { host: 0.0.0.0 }\n").toString());

    assertThat(err.toString()).startsWith("WARNING: server.host is 0.0.0.0").hasLineCount(1);
  }

  @Test
  void aPortInUseIsNamedWithTheLineThatWouldWork() throws Exception {
    services.portsInUse = true;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      int status = run("serve", "--upstream", "http://127.0.0.1:1/k3y", "--port", "" + port);

      assertThat(status).isEqualTo(1);
      assertThat(err.toString())
          .startsWith("tenfold: port " + port + " of 127.0.0.1 is in use; this would work: ")
          .containsPattern("./tenfold serve --upstream http://127.0.0.1:1/\\*\\*\\* --port [0-9]+")
          .doesNotContain("--port " + port, "k3y");
    }
  }

  @Test
  void aTakenPortForOperatorsIsToldFromOneForCallers() throws Exception {
    services.portsInUse = true;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "" + taken.getLocalPort();

      int status = run("serve", "--upstream", "http://n", "--port", "0", "--ops-port", port);

      assertThat(status).isEqualTo(1);
      assertThat(err.toString())
          .startsWith("tenfold: port " + port + " of 127.0.0.1 is in use")
          .containsPattern("--port 0 --ops-port [0-9]+\n");
    }
  }

  @Test
  void aBindFailureOfNettysNativeTransportsIsKnownAsOne() {
    IOException failure =
        new IOException("bind(..) failed with error(-98): Address already in use");

    assertThat(Ports.isBindFailure(new CompletionException(failure))).isTrue();
    assertThat(Ports.isBindFailure(new IOException("broken pipe"))).isFalse();
  }

  @Test
  void nodePassesOnWhatItWasTold() {
    int status =
        run(
            ("node --port 0 --latency 100ms --jitter 20ms --fail 1% --block-time 2s"
                    + " --seed 7 --chain-id 5 --blocks 9 --reorg-every 10s --reorg-depth 3"
                    + " --no-finality")
                .split(" "));

    assertThat(status).isZero();
    assertThat(services.node)
        .isEqualTo(
            new NodeSettings(
                0,
                Duration.ofMillis(100),
                Duration.ofMillis(20),
                0.01,
                Duration.ofSeconds(2),
                7,
                5,
                9,
                Duration.ofSeconds(10),
                3,
                false));
    assertThat(out.toString()).contains("./tenfold serve --upstream http://127.0.0.1:40000");
    assertThat(services.events).containsExactly("node", "node closed");
  }

  @Test
  void aNodesPortInUseIsNamedToo() {
    services.portsInUse = true;

    assertThat(run("node")).isEqualTo(1);
    assertThat(err.toString())
        .matches("tenfold: port 8555 is in use; this would work: ./tenfold node --port [0-9]+\n");
  }

  @Test
  void checkConfigAcceptsWhatServeWould() throws Exception {
    assertThat(run("check-config", file("").toString())).isZero();
    assertThat(out.toString()).contains("fine (chains: a; nodes: 1)");
  }

  @Test
  void checkConfigRefusesWithFileAndLine() throws Exception {
    Path file = file("server: { prot: 1 }\n");

    assertThat(run("check-config", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("tenfold: " + file + ":2: server.prot is not a known key; did you mean port?\n");
  }

  @Test
  void printConfigMasksSecretsAndItsOutputIsAcceptedAgain() throws Exception {
    assertThat(run("print-config", file("").toString())).isZero();
    String printed = out.toString();
    Path again = Files.writeString(folder.resolve("again.yaml"), printed);

    assertThat(printed).contains("https://node.example/***").doesNotContain("k3y");
    assertThat(run("check-config", again.toString())).isZero();
  }

  @Test
  void printConfigWithoutAFilePrintsTheDefaults() throws Exception {
    assertThat(run("print-config")).isZero();
    Path file = Files.writeString(folder.resolve("defaults.yaml"), out.toString());

    assertThat(out.toString()).contains("port: 8545").contains("url: http://127.0.0.1:8555");
    assertThat(run("check-config", file.toString())).isZero();
  }

  private Path file(String more) throws Exception {
    String yaml = "chains: { a: { upstreams: [ { url: \"https://node.example/${KEY}\" } ] } }\n";
    return Files.writeString(folder.resolve("tenfold.yaml"), yaml + more);
  }

  private int run(String... args) {
    Tenfold tenfold = new Tenfold(Map.of("KEY", "k3y"), new EndsAtOnce(), services);
    CommandLine commandLine = Tenfold.commandLine(tenfold);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }

  static final class EndsAtOnce implements Termination {
    @Override
    public void listen() {}

    @Override
    public void await() {}
  }
}
