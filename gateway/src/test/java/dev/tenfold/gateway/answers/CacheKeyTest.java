package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.RpcReply;
import org.junit.jupiter.api.Test;

class CacheKeyTest {
  private static final String A = "\"0x" + "aa".repeat(32) + "\"";
  private static final String B = "\"0x" + "bb".repeat(32) + "\"";

  private final Desk desk = new Desk();

  @Test
  void aTopicThatIsAListIsNotTheSameAsTwoTopics() {
    String either = logs("[[" + A + "," + B + "]]");
    String both = logs("[" + A + "," + B + "]");

    desk.exchange("eth_getLogs", either, "[\"either\"]");

    assertThat(Desk.json(desk.exchange("eth_getLogs", both, "[\"both\"]"))).isEqualTo("[\"both\"]");
    assertThat(Desk.json(desk.call("eth_getLogs", either).result())).isEqualTo("[\"either\"]");
  }

  @Test
  void stringsInWhichCaseMattersAreNotFolded() {
    String tracer = "[{},\"0x64\",{\"tracer\":\"{result: function() { return X }}\"}]";
    desk.exchange("debug_traceCall", tracer, "\"X\"");

    String other = tracer.replace("return X", "return x");
    assertThat(Desk.json(desk.exchange("debug_traceCall", other, "\"x\""))).isEqualTo("\"x\"");
  }

  @Test
  void whiteSpaceAndTheCaseOfAHexDigitDoNotMakeAMiss() {
    desk.exchange("eth_getBalance", "[\"0xabcdef\",\"0x5a\"]", "\"0x1\"");

    RpcReply reply = desk.call("eth_getBalance", "[ \"0xABCdef\" ,\n\"0x5A\"\t]").result();
    assertThat(reply.cacheStatus().isHit()).isTrue();
  }

  @Test
  void theOrderOfMembersAndEscapesDoNotMakeAMiss() {
    desk.exchange("eth_call", "[{\"to\":\"0xa1\",\"data\":\"0x\"},\"0x5a\"]", "\"0x\"");

    RpcReply reply =
        desk.call("eth_call", "[{\"data\":\"0x\",\"\\u0074o\":\"0xa1\"},\"0x5a\"]").result();
    assertThat(reply.cacheStatus().isHit()).isTrue();
  }

  @Test
  void keysWithTheSameHashAreStillToldApart() {
    CacheKey one = new CacheKey("main", 0, Methods.named("eth_call"), -1, new byte[] {1}, 7);
    CacheKey two = new CacheKey("main", 0, Methods.named("eth_call"), -1, new byte[] {2}, 7);

    assertThat(one.hashCode()).isEqualTo(two.hashCode());
    assertThat(one).isNotEqualTo(two);
  }

  @Test
  void chainsThatShareAMemoryShareNoAnswers() {
    desk.exchange("eth_getBalance", "[\"0xa1\",\"0x1\"]", "\"0x1\"");

    Answers other = desk.answers("other");
    assertThat(other.handle(Call.of("eth_getBalance", "[\"0xa1\",\"0x1\"]").request()).isComplete())
        .isFalse();
  }

  @Test
  void aCallWithoutParametersIsOneWithAnEmptyList() {
    desk.call("eth_gasPrice", "");
    desk.call("eth_gasPrice", "[ ]");

    assertThat(desk.asked).hasSize(1);
  }

  private static String logs(String topics) {
    return "[{\"fromBlock\":\"0x1\",\"toBlock\":\"0x2\",\"topics\":" + topics + "}]";
  }
}
