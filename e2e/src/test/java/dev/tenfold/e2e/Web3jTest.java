package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** web3j does the same with two nodes that are alike, and sees the same through Tenfold. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class Web3jTest {

  @TestFactory
  Stream<DynamicTest> web3jSeesTheSameThroughTenfold() throws Exception {
    try (Setup setup = new Setup()) {
      Map<String, String> straight = run(setup.anvil().url());
      Map<String, String> through = run(setup.tenfold(setup.anvil().url()).url());
      assertThat(straight).hasSizeGreaterThan(45);
      assertThat(through).containsOnlyKeys(straight.keySet());
      return straight.entrySet().stream()
          .map(
              entry ->
                  DynamicTest.dynamicTest(
                      "web3j: " + entry.getKey(),
                      () -> assertThat(through).containsEntry(entry.getKey(), entry.getValue())));
    }
  }

  private static Map<String, String> run(URI url) throws Exception {
    try (Web3jScenarios scenarios = new Web3jScenarios(url)) {
      return scenarios.run();
    }
  }
}
