package dev.tenfold.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenfold.gateway.rpc.MissReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissesPageTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final CacheCounts cache = new CacheCounts(() -> now);

  @Test
  void eachReasonHasItsCountItsMeaningAndAnExample() throws Exception {
    miss("eth_call", "[{},\"latest\"]", MissReason.NOT_FINAL);
    miss("eth_call", "[{},\"latest\"]", MissReason.NOT_FINAL);
    miss("eth_call", "[{},\"0x1\"]", MissReason.COLD);
    cache.hit(Asked.call("eth_call", "[]"));

    JsonNode call = page().at("/methods/eth_call");
    assertThat(call.get("hits").asLong()).isEqualTo(1);
    assertThat(call.get("misses").asLong()).isEqualTo(3);
    JsonNode reason = call.at("/reasons/not-final");
    assertThat(reason.get("count").asLong()).isEqualTo(2);
    assertThat(reason.get("meaning").asText()).isEqualTo(MissReason.NOT_FINAL.explanation());
    assertThat(reason.at("/example/chain").asText()).isEqualTo("main");
    assertThat(reason.at("/example/method").asText()).isEqualTo("eth_call");
    assertThat(reason.at("/example/params").asText()).isEqualTo("[{},\"latest\"]");
    assertThat(reason.at("/example/at").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(call.at("/reasons/cold/count").asLong()).isEqualTo(1);
    assertThat(page().get("hits").asLong()).isEqualTo(1);
    assertThat(page().get("misses").asLong()).isEqualTo(3);
  }

  @Test
  void theMethodWithTheMostMissesStandsFirstAndOnesWithoutCallsNowhere() throws Exception {
    miss("eth_call", "[]", MissReason.COLD);
    miss("eth_getLogs", "[]", MissReason.COLD);
    miss("eth_getLogs", "[]", MissReason.COLD);
    cache.hit(Asked.call("eth_chainId", "[]"));

    List<String> names = new ArrayList<>();
    page().get("methods").fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactly("eth_getLogs", "eth_call", "eth_chainId");
  }

  @Test
  void anExampleIsReplacedWhenItIsTenSecondsOld() throws Exception {
    miss("eth_call", "[1]", MissReason.COLD);
    now = now.plus(Duration.ofMillis(9_999));
    miss("eth_call", "[2]", MissReason.COLD);
    assertThat(params("eth_call", "cold")).isEqualTo("[1]");
    now = now.plus(Duration.ofMillis(1));
    miss("eth_call", "[3]", MissReason.COLD);
    assertThat(params("eth_call", "cold")).isEqualTo("[3]");
  }

  @Test
  void longParametersAreCutAndNotInTheMiddleOfACharacter() throws Exception {
    miss("eth_call", "[\"" + "a".repeat(5_000) + "\"]", MissReason.COLD);
    assertThat(params("eth_call", "cold")).isEqualTo("[\"" + "a".repeat(198) + "...");
    miss("eth_getLogs", "[" + "\uD83D\uDE00".repeat(1_000) + "]", MissReason.COLD);
    assertThat(params("eth_getLogs", "cold")).isEqualTo("[" + "\uD83D\uDE00".repeat(99) + "...");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eth_sendRawTransaction",
        "eth_sendRawTransactionSync",
        "eth_sendTransaction",
        "personal_unlockAccount",
        "eth_newFilter",
        "my_secretMethod"
      })
  void parametersOfMethodsThatDoNotReadTheChainAreNotShown(String method) throws Exception {
    cache.miss("main", Asked.call(method, "[\"s3cret\"]"), MissReason.NEVER_KEPT, false);

    String page = new MissesPage(cache).page();
    assertThat(page).contains("\"" + method + "\"").doesNotContain("s3cret", "params");
  }

  @Test
  void methodsWithoutARowAreCountedTogether() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      miss("made_up" + i, "[]", MissReason.UNKNOWN_METHOD);
    }
    miss("x".repeat(5_000), "[]", MissReason.NEVER_KEPT);

    assertThat(page().get("methods").size()).isEqualTo(1);
    JsonNode other = page().at("/methods/other");
    assertThat(other.at("/reasons/unknown-method/count").asLong()).isEqualTo(1_000);
    assertThat(other.at("/reasons/unknown-method/example/method").asText()).isEqualTo("made_up0");
    assertThat(other.at("/reasons/never-kept/example/method").asText()).hasSize(203);
  }

  private void miss(String method, String params, MissReason reason) {
    cache.miss("main", Asked.call(method, params), reason, false);
  }

  private String params(String method, String reason) throws Exception {
    return page().at("/methods/" + method + "/reasons/" + reason + "/example/params").asText();
  }

  private JsonNode page() throws Exception {
    return new ObjectMapper().readTree(new MissesPage(cache).page());
  }
}
