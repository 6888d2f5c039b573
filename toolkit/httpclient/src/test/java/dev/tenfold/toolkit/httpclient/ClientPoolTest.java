package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientPoolTest extends PoolTest {
  @Test
  void callsOneAfterTheOtherUseOneConnection() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      for (int i = 0; i < 3; i++) {
        HttpAnswer answer = answer(post(server));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("ok");
        assertThat(answer.header("content-LENGTH")).isEqualTo("2");
      }
      PoolStats stats = pool.stats(server.origin());
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(stats.created()).isEqualTo(1);
      assertThat(stats.reused()).isEqualTo(2);
      assertThat(stats.calls()).isEqualTo(3);
      assertThat(stats.open()).isEqualTo(1);
      assertThat(stats.idle()).isEqualTo(1);
    }
  }
}
