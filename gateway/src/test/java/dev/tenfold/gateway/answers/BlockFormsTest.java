package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.Blocks;
import dev.tenfold.gateway.rpc.AskedBlock;
import dev.tenfold.gateway.rpc.AskedBlock.ByHash;
import dev.tenfold.gateway.rpc.Belief;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How calls go out. The window has blocks 150 (0x96) to 200 (0xc8); block 100 is final. */
class BlockFormsTest {
  private final Desk desk = new Desk();
  private final Belief chain =
      new Belief(200, 100, 0)
          .with(
              LongStream.rangeClosed(150, 200)
                  .mapToObj(number -> Blocks.at(number, 1))
                  .toArray(BlockHeader[]::new));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getBalance | [\"0xa1\",\"latest\"] | eth_getBalance | [\"0xa1\",{\"blockHash\":H}]",
        "eth_getBalance | [\"0xa1\",\"0xc8\"] | eth_getBalance | [\"0xa1\",{\"blockHash\":H}]",
        "eth_call | [{}] | eth_call | [{},{\"blockHash\":H}]",
        "eth_call | [{},null,{\"0xa1\":{}}] | eth_call | [{},{\"blockHash\":H},{\"0xa1\":{}}]",
        "eth_call | [{}, {\"blockNumber\":\"0xc8\"} ] | eth_call | [{}, {\"blockHash\":H} ]",
        "eth_getBlockByNumber | [\"latest\",true] | eth_getBlockByHash | [H,true]",
        "eth_getUncleCountByBlockNumber | [\"0xc8\"] | eth_getUncleCountByBlockHash | [H]",
        "eth_getBlockReceipts | [\"latest\"] | eth_getBlockReceipts | [H]",
        "debug_traceBlockByNumber | [\"latest\",{}] | debug_traceBlockByHash | [H,{}]",
        "eth_estimateGas | [{}] | eth_estimateGas | [{},{\"blockHash\":H}]",
        "eth_getStorageValues | [{},\"latest\"] | eth_getStorageValues | [{},{\"blockHash\":H}]",
        "eth_getLogs | [{\"fromBlock\":\"0xc8\",\"address\":\"0xa1\"}] | eth_getLogs"
            + " | [{\"blockHash\":H,\"address\":\"0xa1\"}]",
        "eth_getLogs | [{}] | eth_getLogs | [{\"blockHash\":H}]"
      })
  void nearTheHeadANodeIsAskedByTheBlocksHash(
      String method, String params, String methodByHash, String paramsByHash) {
    desk.call(Call.of(method, params).with(chain));

    AskedBlock asked = desk.asked.getFirst().asked();
    ByHash form = Objects.requireNonNull(asked.byHash());
    assertThat(asked.number()).isEqualTo(200);
    assertThat(form.method()).isEqualTo(methodByHash);
    assertThat(new String(form.params(), StandardCharsets.UTF_8))
        .isEqualTo(paramsByHash.replaceAll("\\bH\\b", '"' + Blocks.hash(200, 1).toString() + '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trace_block | [\"latest\"] | [\"0xc8\"]",
        "trace_call | [{},[\"trace\"]] | [{},[\"trace\"],\"0xc8\"]",
        "eth_getBalance | [\"0xa1\",\"latest\"] | [\"0xa1\",\"0xc8\"]",
        "debug_traceCallMany | [[],{\"blockNumber\":\"latest\",\"transactionIndex\":1}]"
            + " | [[],{\"blockNumber\":\"0xc8\",\"transactionIndex\":1}]",
        "eth_getLogs | [{\"fromBlock\":\"0x1\",\"topics\":[]}]"
            + " | [{\"fromBlock\":\"0x1\",\"toBlock\":\"0xc8\",\"topics\":[]}]",
        "eth_getLogs | [{\"fromBlock\":\"0xff\",\"toBlock\":\"latest\"}]"
            + " | [{\"fromBlock\":\"0xff\",\"toBlock\":\"latest\"}]",
        "eth_feeHistory | [4,\"latest\",[]] | [4,\"0xc8\",[]]",
        "eth_feeHistory | [4,\"pending\",[]] | [4,\"pending\",[]]",
        "bor_getAuthor | [\"latest\"] | [\"0xc8\"]",
        "bor_getAuthor | [] | []",
        "eth_getBalance | [\"0xa1\",\"pending\"] | [\"0xa1\",\"pending\"]",
        "eth_getBalance | [\"0xa1\",\"safe\"] | [\"0xa1\",\"safe\"]"
      })
  void aTagGoesOutAsTheNumberThatTheSnapshotMeansByIt(String method, String params, String out) {
    desk.call(Call.of(method, params).with(chain));

    assertThat(desk.asked.getFirst().paramsText()).isEqualTo(out);
  }
}
