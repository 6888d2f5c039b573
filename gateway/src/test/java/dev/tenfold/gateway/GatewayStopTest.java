package dev.tenfold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.upstream.NodeBench;
import dev.tenfold.gateway.upstream.ScriptedNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayStopTest {
  private final NodeBench bench = new NodeBench();
  private final ScriptedNode node = bench.scripted();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void ourOwnCallToAFrozenNodeDoesNotHoldUpTheStop() {
    Gateway gateway =
        Gateway.start(
            Config.of(
                """
                server: { port: 0 }
                ops: { port: 0 }
                limits: { attempt-timeout: 30s }
                chains:
                  main:
                    upstreams:
                      - url: %s
                """
                    .formatted(node.url())));
    node.always(ScriptedNode.Exchange::silence);
    int asked = node.count("eth_getBlockByNumber");
    NodeBench.until(() -> node.count("eth_getBlockByNumber") > asked);

    long begin = System.nanoTime();
    gateway.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }
}
