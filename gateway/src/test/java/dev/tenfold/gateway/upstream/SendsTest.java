package dev.tenfold.gateway.upstream;

import static dev.tenfold.gateway.upstream.NodeBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.RpcReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node says to a transaction that was sent to it. */
@Timeout(30)
class SendsTest extends OneNode {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":-32000,\"message\":\"already known\"}",
        "{\"code\":-32000,\"message\":\"known transaction: aa\"}",
        "{\"code\":-32010,\"message\":\"ALREADY_EXISTS: already known\"}",
        "{\"code\":-32003,\"message\":\"transaction already imported\"}",
      })
  void aTransactionThatTheNodeHasAlreadyIsASuccessWithItsHash(String error) {
    RpcReply reply = ask("eth_sendRawTransaction", "[\"0x616263\"]", e -> e.error(error));

    assertThat(reply).isInstanceOf(RpcReply.Result.class);
    assertThat(json(reply))
        .isEqualTo("\"0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45\"");
  }

  @Test
  void anotherErrorOfASendGoesToTheCaller() {
    String error = "{\"code\":-32000,\"message\":\"nonce too low\"}";

    assertThat(json(ask("eth_sendRawTransaction", "[\"0x616263\"]", e -> e.error(error))))
        .isEqualTo(error);
  }
}
