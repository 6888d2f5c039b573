package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of docs/toolkit/jsonrpc.md. */
class JsonRpcExampleTest {

  // @start region=request
  private final RequestScanner requests = new RequestScanner(64, 100); // depth, calls in a batch

  List<String> methods(byte[] body) {
    List<String> methods = new ArrayList<>();
    switch (requests.scan(body, 0, body.length)) {
      case SINGLE, BATCH -> {
        for (int i = 0; i < requests.size(); i++) {
          methods.add(
              requests.problem(i) == RequestScanner.Problem.NONE
                  ? requests.method(i)
                  : "invalid request: " + requests.problem(i));
        }
      }
      default -> methods.add("refused at byte " + requests.errorAt());
    }
    return methods;
  }

  // @end region=request

  // @start region=reply
  private final ReplyScanner replies = new ReplyScanner(64);

  byte[] withIdentifier(String id, byte[] reply) {
    if (replies.scan(reply, 0, reply.length) != ReplyScanner.Reply.RESULT) {
      throw new IllegalArgumentException("not a reply with a result");
    }
    String result = text(reply, replies.resultFrom(), replies.resultTo()); // as the node wrote it
    return ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}").getBytes(UTF_8);
  }

  // @end region=reply

  // @start region=key
  private final CanonicalWriter keys = new CanonicalWriter();

  boolean sameMeaning(byte[] one, byte[] other) {
    return Arrays.equals(canonical(one), canonical(other));
  }

  private byte[] canonical(byte[] json) {
    keys.reset();
    if (!keys.write(json, 0, json.length)) {
      throw new IllegalArgumentException("no value has a key of its own here");
    }
    return Arrays.copyOf(keys.array(), keys.length());
  }

  // @end region=key

  private static String text(byte[] json, int from, int to) {
    return new String(json, from, to - from, UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void theCallsOfABatchAreFound() {
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_call\",\"params\":[{},\"latest\"]}";
    assertThat(methods(bytes(call))).containsExactly("eth_call");
    assertThat(methods(bytes("[" + call + ",7]")))
        .containsExactly("eth_call", "invalid request: NOT_AN_OBJECT");
    assertThat(methods(bytes("{\"method\":"))).containsExactly("refused at byte 10");
  }

  @Test
  void aResultIsPassedOnAsItCame() {
    byte[] reply = bytes("{\"result\":{\"a\" : 1.50},\"id\":7,\"jsonrpc\":\"2.0\"}");
    assertThat(withIdentifier("\"x\"", reply))
        .asString(UTF_8)
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{\"a\" : 1.50}}");
  }

  @Test
  void spaceAndOrderAndTheCaseOfHexDoNotMatter() {
    byte[] one = bytes("[{\"to\":\"0xAB\",\"data\":\"0x\"}]");
    assertThat(sameMeaning(one, bytes("[ {\"data\":\"0x\", \"to\":\"0xab\"} ]"))).isTrue();
    assertThat(sameMeaning(one, bytes("[{\"to\":\"0xac\",\"data\":\"0x\"}]"))).isFalse();
  }
}
