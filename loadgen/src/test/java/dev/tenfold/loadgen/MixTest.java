package dev.tenfold.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixTest {
  private static final URI URL = URI.create("http://127.0.0.1:8545/main/k3y?x=1");

  private static String body(Mix mix) {
    String request = request(new RequestWriter(mix, URL, 1));
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }

  private static String request(RequestWriter writer) {
    return StandardCharsets.UTF_8.decode(writer.next(9)).toString();
  }

  @Test
  void aRequestHasTheLengthOfItsBody() {
    RequestWriter writer = new RequestWriter(Mix.builtIn(), URL, 1);
    for (int i = 0; i < 1000; i++) {
      String request = request(writer);
      int end = request.indexOf("\r\n\r\n");

      assertThat(request)
          .startsWith("POST /main/k3y?x=1 HTTP/1.1\r\nHost: 127.0.0.1:8545\r\n")
          .contains("Content-Length: " + (request.length() - end - 4) + "\r\n\r\n");
    }
  }

  @Test
  void variablesAreFilledFromTheKey() {
    Mix mix =
        Mix.read(
            "mix",
            """
            keys: { distribution: uniform, count: 1 }
            first-block: 436
            calls:
              - { method: eth_call, params: [$block, $address, {data: 0x70$digits, n: null}, 1.5, 7, true] }
            """);

    assertThat(body(mix))
        .matches(
            "\\{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"eth_call\",\"params\":\\[\"0x1b4\","
                + "\"0x([0-9a-f]{40})\",\\{\"data\":\"0x70\\1\",\"n\":null},1.5,7,true]}");
  }

  @Test
  void blockZeroIsAQuantityWithOneDigit() {
    Mix mix =
        Mix.read(
            "mix",
            """
            keys: { distribution: zipf, count: 1 }
            calls: [{ method: eth_getBlockByNumber, params: [$block, false], first-block: 0 }]
            """);

    assertThat(body(mix)).endsWith("\"params\":[\"0x0\",false]}");
  }

  @Test
  void aBatchHasAsManyCallsAsItsSizeWithIdentifiersInARow() {
    Mix mix = Mix.read("mix", "batches: [{ size: 3 }]\ncalls: [{ method: eth_chainId }]\n");

    assertThat(ScriptedServer.ids(body(mix))).containsExactly("9", "10", "11");
    assertThat(body(mix)).startsWith("[{").endsWith("}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                    | mix: it is empty; it must have calls
          calls: []                                             | mix:1: calls is 0; it must be from 1 to 1000
          calls: [                                              | mix:1: it is not valid YAML: expected the node content
          calls: 3                                              | mix:1: calls must be a list
          calls: [3]                                            | mix:1: an entry of calls must be a mapping
          calls: [{}]                                           | mix:1: method is missing
          calls: [{method: a b}]                                | mix:1: method is a b; it must have 1 to 100 letters
          calls:;  - {method: a, weight: 0}                     | mix:2: weight is 0; it must be a whole number, from 1 to 1000000
          calls:;  - {method: a, weight: x}                     | mix:2: weight is x; it must be a whole number
          calls:;  - {method: a};  - {method: a, params: 3}     | mix:3: params must be a list
          calls:;  - {method: a, params: [$hash]}               | mix:2: params has $hash, which is no variable; there are $block, $address, $digits
          calls:;  - {method: a, wieght: 1}                     | mix:2: wieght is not a known key; known here: method, weight
          calls:;  - {method: a, method: b}                     | mix:2: method is there twice
          keys: {distribution: normal};calls: [{method: a}]     | mix:1: distribution is normal; it must be uniform or zipf
          keys: {count: 3};calls: [{method: a}]                 | mix:1: distribution is missing
          keys: {distribution: zipf, exponent: 0};calls: []     | mix:1: exponent is 0.0; it must be over 0
          keys: {distribution: zipf, exponent: s};calls: []     | mix:1: exponent is s; it must be a number such as 0.9
          keys: {distribution: zipf, count: 2000000};calls: []  | mix:1: count is 2000000; it must be a whole number, from 1 to 1000000
          batches: [{size: 1001}];calls: [{method: a}]          | mix:1: size is 1001; it must be a whole number, from 1 to 1000
          rate: 3                                               | mix:1: rate is not a known key
          [1]                                                   | mix:1: the mix must be a mapping
          """)
  void aFileThatIsNoMixIsRefusedWithLineAndRule(String text, String complaint) {
    assertThatThrownBy(() -> Mix.read("mix", text.replace(';', '\n')))
        .isInstanceOf(MixException.class)
        .hasMessageStartingWith(complaint);
  }

  @Test
  void aListThatHoldsItselfIsRefused() {
    assertThatThrownBy(() -> Mix.read("mix", "calls: [{ method: a, params: &x [*x] }]"))
        .isInstanceOf(MixException.class);
  }
}
