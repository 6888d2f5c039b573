package dev.tenfold.gateway.edge;

import static dev.tenfold.gateway.access.KeyBuilder.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.Limits;
import dev.tenfold.gateway.access.Networks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code X-Forwarded-For} is believed from proxies of ours, and from nobody else. */
@Timeout(60)
class EdgeProxiesTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[7]}";
  private static final String PLAIN = "X-Request-Id: 1";
  private static final String ORDINARY = "X-Unheard-Of: 1";

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, ORDINARY})
  void aTrustedProxyIsBelieved(String way) throws Exception {
    try (EdgeFixture fixture = restricted("127.0.0.1", "10.0.0.0/8")) {
      assertThat(status(fixture, way, "X-Forwarded-For: 192.0.2.7")).isEqualTo(200);
      assertThat(status(fixture, way, "X-Forwarded-For: 192.0.2.7, 10.1.1.1")).isEqualTo(200);
      assertThat(status(fixture, way, "X-Forwarded-For: 1.1.1.1, 192.0.2.7")).isEqualTo(200);
      assertThat(status(fixture, way, "X-Forwarded-For: 192.0.2.7", "X-Forwarded-For: 10.1.1.1"))
          .isEqualTo(200);
      assertThat(status(fixture, way, "X-Forwarded-For: 192.0.2.7, 203.0.113.1"))
          .as("what a client wrote before what the proxy saw")
          .isEqualTo(403);
      assertThat(status(fixture, way, "X-Forwarded-For:")).isEqualTo(403);
      assertThat(status(fixture, way)).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, ORDINARY})
  void anybodyElseIsNot(String way) throws Exception {
    for (String[] trusted : List.of(new String[] {}, new String[] {"10.0.0.0/8", "::1"})) {
      try (EdgeFixture fixture = restricted(trusted)) {
        assertThat(status(fixture, way, "X-Forwarded-For: 192.0.2.7")).isEqualTo(403);
        assertThat(status(fixture, way, "Forwarded: for=192.0.2.7")).isEqualTo(403);
        assertThat(status(fixture, way, "X-Real-IP: 192.0.2.7")).isEqualTo(403);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, ORDINARY})
  void limitsOfAddressesAreThoseOfTheClientBehindAProxyThatIsTrusted(String way) throws Exception {
    Limits two = new Limits(1, 2, 0, 0, 0, 0);
    try (EdgeFixture trusting = new KeyedDoor().addressesMay(two).trusts("127.0.0.1").fixture();
        EdgeFixture other = new KeyedDoor().addressesMay(two).fixture()) {
      for (int i = 0; i < 6; i++) {
        String from = "X-Forwarded-For: 192.0.2." + i;
        assertThat(anybody(trusting, way, from)).isEqualTo(200);
        assertThat(anybody(other, way, from)).isEqualTo(i < 2 ? 200 : 429);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.7                         | 192.0.2.7",
        "1.1.1.1, 192.0.2.7                | 192.0.2.7",
        "1.1.1.1,192.0.2.7 , 10.0.0.3      | 192.0.2.7",
        "10.0.0.9, 10.0.0.3                | 10.0.0.9",
        "2001:db8::1                       | 2001:db8::1",
        "unknown                           | 10.0.0.1",
        "192.0.2.7, unknown                | 10.0.0.1",
        "192.0.2.7, unknown, 10.0.0.3      | 10.0.0.3",
        "192.0.2.7,                        | 10.0.0.1",
        "example.com                       | 10.0.0.1",
        ",                                 | 10.0.0.1"
      })
  void theNearestAddressThatIsNoProxyOfOursCounts(String field, String address) throws Exception {
    Networks trusted = new Networks("key", List.of("10.0.0.0/8"));

    assertThat(Visitor.behindProxies(Networks.address("10.0.0.1"), List.of(field), trusted))
        .isEqualTo(Networks.address(address));
    assertThat(Visitor.behindProxies(Networks.address("11.0.0.1"), List.of(field), trusted))
        .isEqualTo(Networks.address("11.0.0.1"));
  }

  @Test
  void severalFieldsAreOneList() throws Exception {
    Networks trusted = new Networks("key", List.of("10.0.0.0/8"));

    assertThat(
            Visitor.behindProxies(
                Networks.address("10.0.0.1"), List.of("1.1.1.1", "192.0.2.7", "10.2.2.2"), trusted))
        .isEqualTo(Networks.address("192.0.2.7"));
    assertThat(Visitor.behindProxies(Networks.address("10.0.0.1"), List.of(), trusted))
        .isEqualTo(Networks.address("10.0.0.1"));
  }

  private static EdgeFixture restricted(String... trusted) throws Exception {
    return new KeyedDoor()
        .knows("key-1234", key("a").addresses("192.0.2.0/24").record())
        .trusts(trusted)
        .fixture();
  }

  private static int status(EdgeFixture fixture, String way, String... headers) throws Exception {
    return post(fixture, "/main/key-1234", way, headers);
  }

  private static int anybody(EdgeFixture fixture, String way, String header) throws Exception {
    return post(fixture, "/main", way, header);
  }

  private static int post(EdgeFixture fixture, String path, String way, String... headers)
      throws Exception {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 1, headers.length);
    all[0] = way;
    try (RawClient client = fixture.client()) {
      return client.say(RawClient.post(path, CALL, all)).reply().status();
    }
  }
}
