package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, 192.0.2.0, false",
    "10.0.0.0/8, 10.0.0.0, true",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.255, true",
    "192.0.2.4/31, 192.0.2.5, true",
    "192.0.2.4/31, 192.0.2.6, false",
    "192.0.2.4/32, 192.0.2.5, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "::/0, ::1, true",
    "::/0, 127.0.0.1, false",
    "::1, ::1, true",
    "::1, ::2, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::/127, 2001:db8::1, true",
    "2001:db8::/127, 2001:db8::2, false",
    "2001:db8::1/128, 2001:db8::1, true",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "192.0.2.0/24, ::ffff:192.0.2.7, true",
    "192.0.2.0/24, ::ffff:c000:0207, true",
    "fe80::/10, fe80::1%eth0, true"
  })
  void anAddressIsInTheNetworksThatItIsIn(String network, String address, boolean in)
      throws Exception {
    assertThat(new Networks("key", List.of(network)).has(Networks.address(address))).isEqualTo(in);
  }

  @Test
  void oneOfSeveralIsEnoughAndNoneIsNobody() throws Exception {
    Networks networks = new Networks("key", List.of("10.0.0.0/8", "::1"));

    assertThat(networks.has(Networks.address("::1"))).isTrue();
    assertThat(networks.has(Networks.address("10.1.1.1"))).isTrue();
    assertThat(networks.has(Networks.address("::2"))).isFalse();
    assertThat(networks.isEmpty()).isFalse();
    assertThat(new Networks("key", List.of()).isEmpty()).isTrue();
    assertThat(new Networks("key", List.of()).has(Networks.address("::1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "localhost", "example.com", "10.0.0", "10.0.0.256", "1.2.3.4.5", "10.0.0.0/",
        "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.0/8/8", "/8", "::/129", ":::",
            "1::2::3",
        "10.0.0.1:80", "0x7f.1", "10.0.0.0/+8", "10.0.0.0/99999999999"
      })
  void whatIsNeitherAnAddressNorANetworkIsRefusedByName(String text) {
    assertThatThrownBy(() -> new Networks("the.key", List.of("::1", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the.key: \"" + text + "\" ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "a.example", "10.0.0.1:80", "unknown", "_hidden", ","})
  void aNameIsNoAddressAndIsNotLookedUp(String text) {
    assertThatThrownBy(() -> Networks.address(text)).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void anAddressThatIsMappedIntoIpv6IsTheIpv4Address() throws Exception {
    assertThat(Networks.address("::ffff:192.0.2.1"))
        .isInstanceOf(Inet4Address.class)
        .isEqualTo(Networks.address("192.0.2.1"));
  }
}
