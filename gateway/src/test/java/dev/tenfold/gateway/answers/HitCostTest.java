package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tenfold.gateway.rpc.RpcRequest;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HitCostTest {
  private static final int HITS = 20_000;

  private final Desk desk = new Desk();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getBlockByNumber | [\"0x64\",false] | {\"number\":\"0x64\"}",
        "eth_call | [{\"to\":\"0xA1\",\"data\":\"0x01\"},{\"blockNumber\":\"0x64\"}] | \"0x\"",
        "eth_getLogs | [{\"fromBlock\":\"0x1\",\"toBlock\":\"0x2\",\"topics\":[]}] | []",
        "eth_blockNumber | [] | \"\"",
        "eth_chainId | [] | \"\""
      })
  void aHitAllocatesNothing(String method, String params, String result) {
    desk.exchange(method, params, result);
    RpcRequest request = Call.of(method, params).request();
    hit(request);

    long before = threads.getCurrentThreadAllocatedBytes();
    hit(request);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes / HITS).isZero();
    assertThat(desk.counters.hits()).isGreaterThanOrEqualTo(2L * HITS);
  }

  @Test
  void aHitIsTheSameReplyEachTime() {
    desk.exchange("eth_call", "[{},\"0x64\"]", "\"0x\"");

    assertThat(desk.call("eth_call", "[{},\"0x64\"]"))
        .isSameAs(desk.call("eth_call", "[{},\"0x64\"]"));
  }

  private void hit(RpcRequest request) {
    for (int i = 0; i < HITS; i++) {
      desk.answers.handle(request);
    }
  }
}
