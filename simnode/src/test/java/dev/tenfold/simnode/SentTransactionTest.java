package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.call;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.still;
import static dev.tenfold.simnode.SimNodes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transactions were signed by viem 2.57 with the key 0x0101...01 and read back by ethers 6. */
class SentTransactionTest {
  private static final String SENDER = "0x1a642f0e3c3af545e7acbd38b07251b3990914f1";
  private static final String TWENTY_TWO = "0x" + "22".repeat(20);
  private static final String LEGACY =
      "0xf86e808506fc23ac00825208942222222222222222222222222222222222222222880de0b6b3a76400008082"
          + "0a96a05f306515daf47deae64132bfab10e0449f5f6ea29ffcc7ba1f7ab0019dfadfaba01921de38d3f0b4"
          + "606d79e9c4417fc5f39570790e23c3c3e2f9177350f5b3cab5";
  private static final String LEGACY_HASH =
      "0xb7da20acad210dafecd49ba8301ed1df713ffbbc4eefbefc426d1961766c4dba";
  private static final String ACCESS_LIST =
      "0x01f8a6820539018506fc23ac0083015f909422222222222222222222222222222222222222228084a9059cbb"
          + "f838f7942222222222222222222222222222222222222222e1a00000000000000000000000000000000000"
          + "00000000000000000000000000000780a094653fc521349efff0efa9776a5de689726b993184ae4c7e535a"
          + "3358b8bb782aa0250bd72ddde68a612fe8ba833b27c8c6a1ed7cd44fb17cf15a59dd335c1d56f6";
  private static final String DYNAMIC_FEE =
      "0x02f85e82053902843b9aca008509502f900082ea608005856001600101c001a0811d25accf2c8c56607011c0"
          + "c8bdf606bde92b1bb2a05ec9012a4b807e881466a06d057f2a002a9a40b73e2394f18d51eb8cfedc45e72a"
          + "cb5f93d677c611f4d59c";
  private static final String WRONG_CHAIN =
      "0x02f86b0180843b9aca008509502f900082ea609422222222222222222222222222222222222222220580c001"
          + "a0a4420b00aec92667081a8add99baef41e59910f285e386f98c956901dd82a2afa063a36ef8d8e19950ba"
          + "8659f2dca77455fab0613cebc58f14ad93bcffd24258ba";
  private static final String DEARER =
      "0xf866808507aef40a008252089422222222222222222222222222222222222222220280820a96a0c8e75a57e8"
          + "d073dc1b69e17b2b39822c44a07f2c20b00296f6761b5180ab1247a00374aa2f63610dc594c9fa25e3d7d5"
          + "a99cec5b3d11eae7bb2646dea7a26a0d23";
  private static final String SLIGHTLY_DEARER =
      "0xf86680850737be76008252089422222222222222222222222222222222222222220280820a96a022c1212560"
          + "c28df2f68effbe610f56ddee8d364bda60a8ac3ec5bcf8ee818dfba06c3865b87cfca27e558133f0e5a2f9"
          + "2f4f7cc8d15ae98d65541d308b15567a64";

  private final SimNode node = node();

  @ParameterizedTest
  @CsvSource({
    LEGACY + ",0,0," + LEGACY_HASH,
    ACCESS_LIST + ",1,1,0xa4b64a0afd6005ec01f035df5f487f417971bac156f474fa4806cbd6b812eeb1",
    DYNAMIC_FEE + ",2,2,0x321cc9ba13880d6941174bc5bf8621a6cd22c656b05e8a976c794d9506a51c0e"
  })
  void aSignedTransactionIsReadWithItsSender(String raw, int type, long nonce, String hash) {
    Transaction transaction = SignedTransactions.decode(Hex.bytes(raw));

    assertThat(transaction.from()).isEqualTo(SENDER);
    assertThat(transaction.hash()).isEqualTo(hash);
    assertThat(transaction.fields().type()).isEqualTo(type);
    assertThat(transaction.fields().nonce()).isEqualTo(nonce);
    assertThat(Hex.data(transaction.raw())).isEqualTo(raw);
  }

  @Test
  void aSentTransactionWaitsAndIsInTheNextBlock() {
    assertThat(send(LEGACY)).isEqualTo(LEGACY_HASH);
    assertThat(transaction(LEGACY_HASH).path("blockHash").isNull()).isTrue();
    assertThat(nonce("latest")).isEqualTo("0x0");
    assertThat(nonce("pending")).isEqualTo("0x1");

    node.chain().mine(1);

    assertThat(transaction(LEGACY_HASH).path("blockNumber").asText()).isEqualTo("0x79");
    JsonNode receipt = call(node, "eth_getTransactionReceipt", "['" + LEGACY_HASH + "']");
    assertThat(receipt.path("status").asText()).isEqualTo("0x1");
    assertThat(receipt.path("from").asText()).isEqualTo(SENDER);
    assertThat(receipt.path("to").asText()).isEqualTo(TWENTY_TWO);
    assertThat(receipt.path("logs").size()).isEqualTo(1);
    assertThat(nonce("latest")).isEqualTo("0x1");
  }

  @Test
  void transactionsAreTakenInTheOrderOfTheirNonces() {
    send(DYNAMIC_FEE);
    node.chain().mine(1);
    assertThat(nonce("latest")).isEqualTo("0x0");

    send(ACCESS_LIST);
    send(LEGACY);
    node.chain().mine(1);

    assertThat(nonce("latest")).isEqualTo("0x3");
    JsonNode created =
        call(
            node,
            "eth_getTransactionReceipt",
            "['0x321cc9ba13880d6941174bc5bf8621a6cd22c656b05e8a976c794d9506a51c0e']");
    assertThat(created.path("contractAddress").asText()).startsWith("0x").hasSize(42);
  }

  @Test
  void theSameAgainIsAlreadyKnownAndLaterItsNonceIsTooLow() {
    send(LEGACY);
    assertThatThrownBy(() -> send(LEGACY)).hasMessage("already known");
    node.chain().mine(1);
    assertThatThrownBy(() -> send(LEGACY)).hasMessage("nonce too low: next nonce 1, tx nonce 0");
  }

  @Test
  void aReplacementHasToPayATenthMore() {
    send(LEGACY);
    assertThatThrownBy(() -> send(SLIGHTLY_DEARER))
        .hasMessage("replacement transaction underpriced");

    String dearer = send(DEARER);
    node.chain().mine(1);

    assertThat(transaction(dearer).path("blockNumber").asText()).isEqualTo("0x79");
    assertThat(transaction(LEGACY_HASH).isNull()).isTrue();
  }

  @Test
  void whatIsNoTransactionOfThisChainIsRefused() {
    assertThatThrownBy(() -> send(WRONG_CHAIN)).hasMessageContaining("have 1 want 1337");
    assertThatThrownBy(() -> send(LEGACY.substring(0, 60))).hasMessageStartingWith("rlp:");
    assertThatThrownBy(() -> send("0x")).isInstanceOf(RpcFailure.class);
    assertThatThrownBy(() -> send("0x03c0")).hasMessage("transaction type not supported");
    assertThatThrownBy(() -> send("0x02c0")).hasMessageStartingWith("rlp:");
    assertThatThrownBy(() -> send("0xc0")).hasMessageStartingWith("rlp:");
  }

  @Test
  void withAutomineASentTransactionMakesABlock() {
    SimNode mining = node(still().automine(true).build());

    call(mining, "eth_sendRawTransaction", "['" + LEGACY + "']");

    assertThat(mining.chain().headNumber()).isEqualTo(121);
    JsonNode receipt = call(mining, "eth_getTransactionReceipt", "['" + LEGACY_HASH + "']");
    assertThat(receipt.path("blockNumber").asText()).isEqualTo("0x79");
  }

  @Test
  void aReorgedTransactionIsInANewBlockOrWaits() {
    send(LEGACY);
    node.chain().mine(1);
    String first = transaction(LEGACY_HASH).path("blockHash").asText();

    for (int i = 0; i < 10; i++) {
      node.chain().reorg(1);
      assertThat(transaction(LEGACY_HASH).path("hash").asText()).isEqualTo(LEGACY_HASH);
      assertThat(transaction(LEGACY_HASH).path("blockHash").asText()).isNotEqualTo(first);
    }
    node.chain().rewind(1);
    assertThat(transaction(LEGACY_HASH).path("blockHash").isNull()).isTrue();
    node.chain().mine(1);
    assertThat(transaction(LEGACY_HASH).path("blockNumber").asText()).isEqualTo("0x79");
  }

  private String send(String raw) {
    return text(node, "eth_sendRawTransaction", "['" + raw + "']");
  }

  private JsonNode transaction(String hash) {
    return call(node, "eth_getTransactionByHash", "['" + hash + "']");
  }

  private String nonce(String tag) {
    return text(node, "eth_getTransactionCount", "['" + SENDER + "','" + tag + "']");
  }
}
