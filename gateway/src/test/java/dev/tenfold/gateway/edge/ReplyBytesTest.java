package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReplyBytesTest {
  private static final byte[] BODY = "{\"id\":7}".getBytes(StandardCharsets.UTF_8);
  private static final Snapshot NOTHING = new Belief(Snapshot.UNKNOWN, Snapshot.UNKNOWN, 0);

  @Test
  void theRepliesOfABatchStandInItsOrder() {
    String reply = text(ReplyBytes.batch(new Call[] {call("1"), call("true")}));
    assertThat(reply)
        .isEqualTo(
            "[{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":1},"
                + "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":true}]");
  }

  @Test
  void aBatchWhoseAnswersFitInNoArrayIsWrittenInParts() {
    Call[] calls = new Call[100];
    Arrays.fill(calls, call("1".repeat(32 << 20)));
    assertThat(LargeReply.isNeeded(calls, true, 1 << 30)).isTrue();
    assertThat(LargeReply.isNeeded(new Call[] {calls[0], calls[1]}, true, 1 << 30)).isFalse();
  }

  @Test
  void whatStandsBeforeAnAnswerStandsThereInPartsToo() {
    assertThat(text(ReplyBytes.opening(call("1"), false, true)))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":");
    assertThat(text(ReplyBytes.opening(call("1"), true, true))).startsWith("[{");
    assertThat(text(ReplyBytes.opening(call("1"), true, false))).startsWith(",{");
  }

  private static Call call(String result) {
    RpcRequest request =
        new RpcRequest(Method.unknown("m"), BODY, 0, 0, NOTHING, new Caller(), Long.MAX_VALUE);
    Call call = Call.of(request, 6, 7, false);
    byte[] json = result.getBytes(StandardCharsets.UTF_8);
    call.ended(new RpcReply.Result(json, CacheStatus.HIT, Snapshot.UNKNOWN), 0);
    return call;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
