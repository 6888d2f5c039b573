package dev.tenfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command load, against a simulated node. */
@Timeout(30)
class LoadCommandTest {
  private static final SimulatedNode NODE = SimulatedNode.start(NodeSettings.DEFAULT);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @AfterAll
  static void closeNode() {
    NODE.close();
  }

  private int run(String... line) {
    CommandLine commandLine =
        Tenfold.commandLine(new Tenfold(Map.of(), new ProcessTermination(), new FakeServices()));
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(line);
  }

  private int load(String options) {
    return run(("load --url " + NODE.url() + " " + options).split(" "));
  }

  @Test
  void theMixThatIsBuiltInRunsAgainstASimulatedNodeWithoutError() {
    int status = load("--closed --requests 300 --connections 8 --fail-on-errors --progress");

    assertThat(out.toString())
        .contains("300 good, 0 failed; 0 never sent")
        .doesNotContain("errors");
    assertThat(status).isZero();
  }

  @Test
  void theResultIsJsonWhereThatIsAskedFor() throws Exception {
    assertThat(load("--rate 500 --requests 50 --json -")).isZero();

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("good").asLong()).isEqualTo(50);
    assertThat(json.path("plan").path("mix").asText()).isEqualTo("wallet.yaml");
  }

  @Test
  void theResultIsWrittenToAFileBesideTheText() throws Exception {
    Path file = folder.resolve("result.json");

    assertThat(load("--rate 500 --requests 10 --json " + file)).isZero();

    assertThat(out.toString()).contains("10 good");
    assertThat(new ObjectMapper().readTree(file.toFile()).path("good").asLong()).isEqualTo(10);
  }

  @Test
  void theMixThatIsPrintedCanBeReadAgain() throws Exception {
    assertThat(run("load", "--print-mix")).isZero();
    Path mix = Files.writeString(folder.resolve("mix.yaml"), out.toString());

    assertThat(load("--rate 500 --requests 10 --fail-on-errors --mix " + mix)).isZero();
  }

  @Test
  void errorsAreStatusOneOnlyWhereThatIsAskedFor() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String[] line = {"load", "--url", "http://127.0.0.1:" + port, "--closed", "--requests", "3"};

    assertThat(run(line)).isZero();
    assertThat(out.toString()).containsPattern("connect +3\n");
    String[] strict = Arrays.copyOf(line, line.length + 1);
    strict[line.length] = "--fail-on-errors";
    assertThat(run(strict)).isEqualTo(1);
  }

  @Test
  void aMixThatIsWrongIsNamedWithLineAndRule() throws Exception {
    Path mix = Files.writeString(folder.resolve("mix.yaml"), "calls:\n - { method: a, weight: 0 }");

    assertThat(load("--rate 1 --mix " + mix)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("tenfold: " + mix + ":2: weight is 0; it must be a whole number, from 1 to");
    assertThat(load("--rate 1 --mix " + folder.resolve("none"))).isEqualTo(1);
    assertThat(err.toString()).contains("tenfold: cannot read the mix ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          load --rate 1                                              | --url is missing
          load --url http://127.0.0.1:1                              | one of --rate and --closed must be given
          load --url http://127.0.0.1:1 --rate 1 --closed            | one of --rate and --closed must be given
          load --url http://127.0.0.1:1 --rate 0                     | rate is 0.0; it must be over 0
          load --url http://127.0.0.1:1 --rate 1 --duration 2h       | duration is PT2H; it must be from 1 ms to 1 hour
          load --url http://127.0.0.1:1 --rate 1 --connections 0     | connections is 0; it must be from 1 to 10000
          load --url https://127.0.0.1:1 --rate 1                    | url must begin with http://
          load --url http://192.0.2.1 --rate 1                       | url: 192.0.2.1 is not on loopback
          """)
  void whatCannotBeRunIsOneLineAndStatusTwo(String line, String complaint) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("tenfold: " + complaint).hasLineCount(1);
  }
}
