package dev.tenfold.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGuardTest {
  @ParameterizedTest
  @CsvSource({
    "http://node:8545, missing trie node 0x12, true",
    "http://geth/v2/aVerySecretKey42, the method is not available in this geth, true",
    "http://node:8545, cannot reach http://node/, false",
    "http://node:8545, dial node:8545: connection refused, false",
    "http://node:8545/v2/aVerySecretKey42, no route /v2/aVerySecretKey42, false",
    "https://eth.example/v2, eth.example is busy, false",
    "http://10.0.0.7:8545, dial tcp 10.0.0.7: refused, false",
    "http://user:aVerySecretKey42@10.0.0.7, no such user user:aVerySecretKey42, false",
  })
  void anErrorIsShownUnlessItNamesTheAddress(URI url, String message, boolean shown) {
    RpcReply.RpcError error = Failure.NODE_ERROR.reply(message);

    RpcReply.RpcError hidden = (RpcReply.RpcError) new AddressGuard(url).hide(error);

    String json = new String(hidden.json(), StandardCharsets.UTF_8);
    assertThat(json.contains(message)).as(json).isEqualTo(shown);
  }
}
