package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ClientPoolOptionsTest {
  @Test
  void theDefaultsAreThoseThatAreDocumented() {
    assertThat(ClientPoolOptions.defaults())
        .isEqualTo(
            new ClientPoolOptions(
                Runtime.getRuntime().availableProcessors(),
                100,
                10,
                Duration.ofSeconds(90),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                true,
                true,
                100,
                256,
                1_024,
                64 << 20));
  }

  @Test
  void eachKnobIsSetByTheMethodOfItsName() {
    ClientPoolOptions options =
        ClientPoolOptions.builder()
            .clients(1)
            .maxIdle(2)
            .maxIdlePerOrigin(3)
            .idleTime(Duration.ofSeconds(4))
            .timeout(Duration.ofSeconds(5))
            .connectTimeout(Duration.ofSeconds(6))
            .keepAlive(false)
            .http2(false)
            .maxStreams(10)
            .maxOpenPerOrigin(7)
            .maxWaiting(8)
            .maxAnswerBytes(9)
            .build();
    assertThat(options)
        .isEqualTo(
            new ClientPoolOptions(
                1,
                2,
                3,
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                false,
                false,
                10,
                7,
                8,
                9));
  }

  /** A value that is out of range, and what is said of it. */
  private record Wrong(String said, UnaryOperator<ClientPoolOptions.Builder> value) {}

  @Test
  void whatIsOutOfRangeIsRefusedWithItsValue() {
    List<Wrong> wrong =
        List.of(
            new Wrong("clients must be at least 1, not 0", b -> b.clients(0)),
            new Wrong("maxIdle must not be negative, not -1", b -> b.maxIdle(-1)),
            new Wrong("maxIdlePerOrigin must not be negative, not -1", b -> b.maxIdlePerOrigin(-1)),
            new Wrong("idleTime must be positive, not PT0S", b -> b.idleTime(Duration.ZERO)),
            new Wrong("timeout must be positive, not PT0S", b -> b.timeout(Duration.ZERO)),
            new Wrong(
                "connectTimeout must be at least 1 ms, not PT0.0009S",
                b -> b.connectTimeout(Duration.ofNanos(900_000))),
            new Wrong("maxStreams must be 1 to 4000, not 0", b -> b.maxStreams(0)),
            new Wrong("maxStreams must be 1 to 4000, not 4001", b -> b.maxStreams(4_001)),
            new Wrong("maxOpenPerOrigin must be at least 1, not 0", b -> b.maxOpenPerOrigin(0)),
            new Wrong("maxWaiting must not be negative, not -1", b -> b.maxWaiting(-1)),
            new Wrong(
                "maxAnswerBytes must be 0 to 2147483639, not 2147483640",
                b -> b.maxAnswerBytes(Integer.MAX_VALUE - 7)));
    for (Wrong one : wrong) {
      ClientPoolOptions.Builder builder = one.value().apply(ClientPoolOptions.builder());
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(one.said());
    }
  }
}
