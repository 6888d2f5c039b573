package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.chain.ChainFacts;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.Snapshot;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAnswersTest {
  private final Desk desk = new Desk();

  @ParameterizedTest
  @CsvSource({
    "eth_chainId, \"0x1\"",
    "net_version, \"1\"",
    "web3_clientVersion, \"Geth/v1\"",
    "eth_blockNumber, \"0xc8\"",
    "net_listening, true",
    "eth_syncing, false",
    "eth_mining, false",
    "eth_hashrate, \"0x0\"",
    "eth_accounts, []"
  })
  void isAnsweredWithoutANodeWhateverTheParameters(String method, String json) {
    for (String params : new String[] {"", "[]", "[1,2]", "{\"a\":1}"}) {
      RpcReply reply = desk.call(method, params).result();
      assertThat(Desk.json(reply)).isEqualTo(json);
      assertThat(reply.cacheStatus().isHit()).isTrue();
    }
    assertThat(desk.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth_chainId", "net_version", "web3_clientVersion", "eth_blockNumber"})
  void whatHasNotBeenLearntIsAskedOfANode(String method) {
    desk.facts = ChainFacts.NONE;
    Call call = Call.of(method, "[]").with(new Belief(Snapshot.UNKNOWN, -1, 0));

    RpcReply reply = desk.exchange(call, Desk.result("\"0x9\"", -1));

    assertThat(Desk.json(reply)).isEqualTo("\"0x9\"");
    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.NOT_READY);
  }

  @Test
  void whatIsLearntLaterReplacesWhatWasKnownBefore() {
    desk.call("web3_clientVersion", "[]");
    desk.facts = new ChainFacts(10, "10", "a \"quoted\" name", true, false);

    assertThat(Desk.json(desk.call("web3_clientVersion", "[]").result()))
        .isEqualTo("\"a \\\"quoted\\\" name\"");
    assertThat(Desk.json(desk.call("eth_chainId", "[]").result())).isEqualTo("\"0xa\"");
  }

  @Test
  void theBlockNumberIsThatOfTheRequestsOwnSnapshot() {
    Call older = Call.of("eth_blockNumber", "[]").with(new Belief(199, 100, 0));

    assertThat(Desk.json(desk.call("eth_blockNumber", "[]").result())).isEqualTo("\"0xc8\"");
    assertThat(Desk.json(desk.call(older).result())).isEqualTo("\"0xc7\"");
  }

  @Test
  void aDevelopmentNodeIsAskedForItsAccounts() {
    desk.facts = new ChainFacts(31337, "31337", "anvil/v1", true, true);

    RpcReply reply = desk.exchange("eth_accounts", "[]", "[\"0xa1\"]");

    assertThat(Desk.json(reply)).isEqualTo("[\"0xa1\"]");
    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.NEVER_KEPT);
  }

  @Test
  void syncingIsAskedOfANodeWhileNotReady() {
    desk.facts = ChainFacts.NONE;

    assertThat(desk.missReason("eth_syncing", "[]", "{}")).isEqualTo(MissReason.NOT_READY);
  }

  @ParameterizedTest
  @CsvSource({
    "0x, 0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    "0x68656c6c6f20776f726c64, 0x47173285a8d7341e5e972fc677286384f802f8ef42a5ec5f03bbfa254cb01fad",
    "0x68656C6C6F20776F726C64, 0x47173285a8d7341e5e972fc677286384f802f8ef42a5ec5f03bbfa254cb01fad"
  })
  void sha3IsTheKeccakHashOfTheBytes(String data, String hash) {
    assertThat(Desk.json(desk.call("web3_sha3", "[\"" + data + "\"]").result()))
        .isEqualTo('"' + hash + '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "[1]", "[\"hello\"]", "[\"0x1\"]", "[\"0xzz\"]", "[null]"})
  void sha3OfAnythingButHexBytesIsInvalid(String params) {
    RpcReply reply = desk.call("web3_sha3", params).result();

    assertThat(reply)
        .asInstanceOf(InstanceOfAssertFactories.type(RpcError.class))
        .extracting(RpcError::failure)
        .isEqualTo(Failure.INVALID_PARAMS);
    assertThat(Desk.json(reply)).contains("-32602", "web3_sha3");
  }
}
