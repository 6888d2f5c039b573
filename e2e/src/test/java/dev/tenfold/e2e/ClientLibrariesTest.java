package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Real client libraries do the same with two nodes that are alike, with one straight and with the
 * other through Tenfold, and see the same.
 */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
final class ClientLibrariesTest {

  @TestFactory
  Stream<DynamicTest> viemSeesTheSameThroughTenfold() throws Exception {
    return compared("viem", 37);
  }

  @TestFactory
  Stream<DynamicTest> ethersSeesTheSameThroughTenfold() throws Exception {
    return compared("ethers", 23);
  }

  private static Stream<DynamicTest> compared(String library, int scenarios) throws Exception {
    try (Setup setup = new Setup()) {
      AnvilProcess alone = setup.anvil();
      TenfoldProcess tenfold = setup.tenfold(setup.anvil().url());
      CompletableFuture<Map<String, JsonNode>> running =
          CompletableFuture.supplyAsync(() -> NodeScript.scenarios(library, alone.url()));
      Map<String, JsonNode> through = NodeScript.scenarios(library, tenfold.url());
      Map<String, JsonNode> straight = running.get();
      assertThat(straight).as("scenarios of %s", library).hasSizeGreaterThanOrEqualTo(scenarios);
      assertThat(through).containsOnlyKeys(straight.keySet());
      return straight.entrySet().stream()
          .map(seen -> test(library, seen.getKey(), seen.getValue(), through));
    }
  }

  private static DynamicTest test(
      String library, String name, JsonNode straight, Map<String, JsonNode> all) {
    JsonNode through = all.getOrDefault(name, MissingNode.getInstance());
    return DynamicTest.dynamicTest(
        library + " " + name,
        () -> {
          assertThat(straight.path("failed").asText()).as("failed straight").isEmpty();
          assertThat(through.path("failed").asText()).as("failed through Tenfold").isEmpty();
          assertThat(through.path("saw").toPrettyString())
              .isEqualTo(straight.path("saw").toPrettyString());
        });
  }
}
