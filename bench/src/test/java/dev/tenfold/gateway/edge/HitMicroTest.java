package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.bench.KnownChain;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HitMicroTest {
  private final HitMicro micro = new HitMicro();

  @AfterEach
  void close() {
    micro.close();
  }

  private static String reply() {
    String block = new String(KnownChain.block(4711), StandardCharsets.US_ASCII);
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + block + "}";
  }

  @Test
  void whatIsMeasuredAsASpliceIsTheWholeReply() {
    assertThat(micro.spliceOfABlock().toString(StandardCharsets.US_ASCII)).isEqualTo(reply());
  }

  @Test
  void whatIsMeasuredAsAHitIsTheWholeReplyEachTime() {
    micro.hitWithoutHttp();

    assertThat(micro.hitWithoutHttp().toString(StandardCharsets.US_ASCII)).isEqualTo(reply());
  }
}
