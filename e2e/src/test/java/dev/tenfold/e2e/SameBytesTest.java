package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the node said is what the client gets, byte for byte, the first time and the second. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class SameBytesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String BOB = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
  private static final Setup setup = new Setup();
  private static AnvilProcess anvil;
  private static TenfoldProcess tenfold;

  @BeforeAll
  static void start() {
    anvil = setup.anvil();
    String alice = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    for (int i = 0; i < 5; i++) {
      anvil.call(
          "eth_sendTransaction",
          "[{\"from\":\"%s\",\"to\":\"%s\",\"value\":\"0x1\"}]".formatted(alice, BOB));
    }
    anvil.mine(10);
    tenfold = setup.tenfold(anvil.url());
  }

  @AfterAll
  static void stop() {
    setup.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          eth_getBlockByNumber                    | ["0x1",true]
          eth_getBlockByNumber                    | ["0x2",false]
          eth_getBlockReceipts                    | ["0x1"]
          eth_getBlockTransactionCountByNumber    | ["0x1"]
          eth_getTransactionByBlockNumberAndIndex | ["0x1","0x0"]
          eth_getUncleCountByBlockNumber          | ["0x1"]
          eth_getBalance | ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8","0x3"]
          eth_getCode    | ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8","0x3"]
          eth_getTransactionCount | ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8","0x3"]
          eth_getStorageAt | ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8","0x0","0x3"]
          eth_getProof   | ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8",[],"0x3"]
          eth_call       | [{"to":"0x70997970c51812dc3a010c7d01b50e0d17dc79c8"},"0x3"]
          eth_estimateGas| [{"to":"0x70997970c51812dc3a010c7d01b50e0d17dc79c8"},"0x3"]
          eth_getLogs    | [{"fromBlock":"0x0","toBlock":"0x4"}]
          eth_feeHistory | ["0x2","0x3",[10,50.5]]
          """)
  void anAnswerOfAFinalBlockIsTheNodesAndIsKept(String method, String params) {
    assertSameBytesAndThenAHit(method, params);
  }

  @ParameterizedTest
  @CsvSource({
    "eth_getBlockByHash, true",
    "eth_getTransactionByHash,",
    "eth_getTransactionReceipt,"
  })
  void anAnswerByHashOfAFinalBlockIsTheNodesAndIsKept(String method, String flag) {
    String block = anvil.call("eth_getBlockByNumber", "[\"0x2\",false]").result();
    boolean ofBlock = method.contains("Block");
    String hash =
        ofBlock
            ? RawJson.member(block, "hash")
            : RawJson.member(block, "transactions").replaceAll("[\\[\\]]", "");
    assertSameBytesAndThenAHit(method, ofBlock ? "[" + hash + "," + flag + "]" : "[" + hash + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "eth_chainId, []",
    "net_version, []",
    "web3_clientVersion, []",
    "net_listening, []",
    "eth_blockNumber, []",
    "web3_sha3, '[\"0x68656c6c6f\"]'",
    "eth_syncing, []"
  })
  void whatIsAnsweredHereIsWhatTheNodeWouldSay(String method, String params) {
    assertSameBytesAndThenAHit(method, params);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          eth_getBalance       | []
          eth_getBalance       | ["0x12","latest"]
          eth_getBlockByNumber | ["0xzz",false]
          eth_getBlockByNumber | [{},false]
          eth_call             | [{"to":7},"latest"]
          eth_getLogs          | [{"fromBlock":"0xzz"}]
          eth_sendRawTransaction | ["0x00"]
          no_suchMethod        | []
          """)
  void anErrorIsTheNodes(String method, String params) {
    String straight = anvil.call(method, params).body();
    JsonRpcClient.Answer through = tenfold.call(method, params);
    assertThat(through.status()).isEqualTo(200);
    assertThat(RawJson.member(through.body(), "error"))
        .isEqualTo(RawJson.member(straight, "error"));
  }

  private static void assertSameBytesAndThenAHit(String method, String params) {
    String straight = anvil.call(method, params).result();
    assertThat(tenfold.call(method, params).result()).isEqualTo(straight);
    Eventually.until("a hit for " + method, PATIENCE, () -> tenfold.call(method, params).isHit());
    assertThat(tenfold.call(method, params).result()).isEqualTo(straight);
  }
}
