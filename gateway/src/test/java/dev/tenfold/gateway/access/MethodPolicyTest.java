package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodPolicyTest {
  private static final List<String> NONE = List.of();

  private boolean development;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eth_sendTransaction",
        "eth_sign",
        "eth_signTypedData_v4",
        "personal_sign",
        "admin_nodeInfo",
        "debug_setHead",
        "engine_newPayloadV4",
        "eth_getWork"
      })
  void whatNeedsANodesOwnKeysOrGovernsTheNodeIsRefused(String method) {
    assertThat(refusal(NONE, NONE, method)).isEqualTo(Failure.METHOD_DENIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth_call", "eth_sendRawTransaction", "debug_traceCall", "zks_unknown"})
  void allElsePassesUnknownMethodsToo(String method) {
    assertThat(refusal(NONE, NONE, method)).isNull();
  }

  @Test
  void aDevelopmentNodeIsGivenEverythingThatTheConfigurationDoesNotDeny() {
    development = true;

    assertThat(refusal(NONE, NONE, "eth_sendTransaction")).isNull();
    assertThat(refusal(NONE, NONE, "anvil_mine")).isNull();
    assertThat(refusal(NONE, List.of("anvil_*"), "anvil_mine")).isEqualTo(Failure.METHOD_DENIED);
  }

  @Test
  void allowLiftsTheDefaultByNameOrByPrefix() {
    List<String> allow = List.of("admin_nodeInfo", "debug_*");

    assertThat(refusal(allow, NONE, "admin_nodeInfo")).isNull();
    assertThat(refusal(allow, NONE, "debug_setHead")).isNull();
    assertThat(refusal(allow, NONE, "admin_nodeInfoX")).isEqualTo(Failure.METHOD_DENIED);
  }

  @Test
  void allowShutsNothingOut() {
    assertThat(refusal(List.of("eth_call"), NONE, "eth_getBalance")).isNull();
  }

  @Test
  void denyWinsOverAllow() {
    List<String> same = List.of("trace_*");

    assertThat(refusal(same, same, "trace_block")).isEqualTo(Failure.METHOD_DENIED);
    assertThat(refusal(NONE, List.of("*"), "eth_call")).isEqualTo(Failure.METHOD_DENIED);
  }

  @Test
  void subscriptionsAreRefusedWithASentenceOnADevelopmentNodeToo() {
    development = true;

    assertThat(refusal(List.of("eth_*"), NONE, "eth_subscribe"))
        .isEqualTo(Failure.SUBSCRIPTION_OVER_HTTP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "eth_*Call", "*_call", "eth_**"})
  void aPatternThatIsNeitherANameNorAPrefixIsRefused(String pattern) {
    assertThatThrownBy(() -> refusal(NONE, List.of(pattern), "eth_call"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("methods.deny: \"" + pattern + "\"");
  }

  /** What the stage refuses with, or null if the call reached the next one. */
  private @Nullable Failure refusal(List<String> allow, List<String> deny, String method) {
    Result passed = new Result(new byte[0], CacheStatus.HIT, Snapshot.UNKNOWN);
    MethodPolicy policy =
        new MethodPolicy(request -> Future.succeededFuture(passed), allow, deny, () -> development);
    RpcReply reply = policy.handle(request(method)).result();
    return reply instanceof RpcError error ? error.failure() : null;
  }

  private static RpcRequest request(String method) {
    Snapshot nothing = new Belief(Snapshot.UNKNOWN, Snapshot.UNKNOWN, 0);
    return new RpcRequest(Methods.named(method), new byte[0], 0, 0, nothing, new Caller(), 0);
  }
}
