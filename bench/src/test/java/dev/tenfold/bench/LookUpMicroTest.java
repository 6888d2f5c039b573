package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.RpcReply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LookUpMicroTest {
  private final LookUpMicro micro = new LookUpMicro();

  @AfterEach
  void close() {
    micro.close();
  }

  @Test
  void whatIsLookedUpIsThere() {
    assertThat(micro.cacheOf10000()).isNotNull();
    assertThat(micro.knownOf10000()).isInstanceOf(RpcReply.Result.class);
  }

  @Test
  void theNewestBlockIsKnownByItsTag() {
    RpcReply known = micro.knownLatest();

    assertThat(known).isInstanceOf(RpcReply.Result.class);
    assertThat(new String(((RpcReply.Result) known).json(), StandardCharsets.US_ASCII))
        .startsWith("{\"number\":\"0x4e20\"");
  }
}
