package dev.tenfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.gateway.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** What the launcher has recorded for later starts, with a real gateway and a real node. */
@Timeout(60)
class WarmUpCommandTest {
  private final Watched services = new Watched();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void itCallsTheGatewayInEveryUsualWayAndLeavesNothingOpen() {
    int status = run("warm-up");

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(services.misses)
        .contains("eth_getBlockByNumber", "eth_getLogs", "eth_estimateGas", "\"cold\"");
    assertThat(services.stats).containsPattern("\"request_count\" ?: ?[0-9]{3}");
    assertThat(services.ports).hasSize(2);
    for (int port : services.ports) {
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aReplyThatDoesNotComeIsAFailure() {
    services.deaf = true;

    assertThat(run("warm-up")).isNotZero();
  }

  @Test
  void itIsTheLaunchersAndNotListed() {
    run("--help");

    assertThat(out.toString()).contains("serve").doesNotContain("warm-up");
  }

  private int run(String... args) {
    Tenfold tenfold = new Tenfold(Map.of(), new CommandsTest.EndsAtOnce(), services);
    CommandLine commandLine = Tenfold.commandLine(tenfold);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }

  /** The real ones; what the gateway counted is read before it closes. */
  private static final class Watched implements Services {
    private final Services real = new RealServices();
    private final List<Integer> ports = new ArrayList<>();
    private String stats = "";
    private String misses = "";
    private boolean deaf;

    @Override
    public RunningNode node(NodeSettings settings) {
      return real.node(settings);
    }

    @Override
    public RunningGateway gateway(Config config, Path data) {
      RunningGateway gateway = real.gateway(config, data);
      ports.addAll(List.of(gateway.port(), gateway.opsPort()));
      if (deaf) {
        gateway.close();
      }
      return new Reading(gateway);
    }

    private final class Reading implements RunningGateway {
      private final RunningGateway gateway;

      private Reading(RunningGateway gateway) {
        this.gateway = gateway;
      }

      @Override
      public int port() {
        return ports.getFirst();
      }

      @Override
      public int opsPort() {
        return ports.getLast();
      }

      @Override
      public List<NodeReport> nodes() {
        return gateway.nodes();
      }

      @Override
      public void close() {
        if (!deaf) {
          stats = page("/stats");
          misses = page("/misses");
          gateway.close();
        }
      }
    }

    private String page(String path) {
      URI url = URI.create("http://127.0.0.1:" + ports.getLast() + path);
      try (var body = url.toURL().openStream()) {
        return new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
