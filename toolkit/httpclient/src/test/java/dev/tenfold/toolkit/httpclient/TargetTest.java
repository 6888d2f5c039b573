package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "http://node,http,node,80,/,node",
    "https://Node.Example/v2/key,https,node.example,443,/v2/key,node.example",
    "HTTP://node:8545/?a=b%20c#x,http,node,8545,/?a=b%20c,node:8545",
    "https://node:443?q,https,node,443,/?q,node",
    "http://[::1]:8545/a,http,::1,8545,/a,[::1]:8545",
    "http://u:p@node/é,http,node,80,/%C3%A9,node"
  })
  void anUrlIsReadOnce(
      String url, String scheme, String host, int port, String path, String authority) {
    Target target = Target.parse(url);
    assertThat(target.origin()).isEqualTo(new Origin(scheme, host, port));
    assertThat(target.path()).isEqualTo(path);
    assertThat(target.origin().authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "ftp://h/secret",
        "http:///secret",
        "http://h:99999/secret",
        "http://h/secret x"
      })
  void whatIsNoHttpUrlIsRefusedWithoutBeingRepeated(String url) {
    assertThatThrownBy(() -> Target.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void neitherPathNorPasswordIsShown() {
    Target target = Target.parse("https://user:hidden@node.example/secret?key=secret");
    HttpCall call = HttpCall.post(target, Map.of("Authorization", "hidden"), new byte[0]);
    assertThat(target.toString()).isEqualTo("https://node.example/...");
    assertThat(call.toString()).doesNotContain("secret", "hidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/a b", "/a\r\nb", "/é", "/a#b"})
  void aPathThatIsNotEncodedIsRefused(String path) {
    Target target = Target.parse("http://node/");
    assertThat(target.withPath("/b?c").path()).isEqualTo("/b?c");
    assertThatThrownBy(() -> target.withPath(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "connection", "Expect"})
  void headersOfTheConnectionAreNotTheCallers(String name) {
    Target target = Target.parse("http://node/");
    assertThatThrownBy(() -> HttpCall.post(target, Map.of(name, "hidden"), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageNotContaining("hidden");
  }
}
