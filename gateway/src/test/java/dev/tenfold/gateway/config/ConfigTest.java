package dev.tenfold.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  private static final String FULL =
      """
      server:
        host: 0.0.0.0
        port: 8600
        cors-origins: ["https://app.example", "*"]
      limits: { body: 2MiB, call-timeout: 1m, attempt-timeout: 1500ms }
      chains:
        ethereum:
          chain-id: 1
          finality-depth: 12
          upstreams:
            - url: https://node.example/v2/${NODE_KEY}
              weight: 3
              headers: { X-Key: "${NODE_KEY}", X-Price: "$${NODE_KEY} costs $5" }
            - url: http://127.0.0.1:8546
              backup: true
        dev:
          upstreams: [ { url: "http://user:pa%20ss@127.0.0.1:8547/" } ]
      methods: { allow: [anvil_*], deny: [eth_getLogs] }
      ops:
        port: ${OPS_PORT}
        access-log: access.log
      """;
  private static final Map<String, String> ENVIRONMENT =
      Map.of("NODE_KEY", "a${OPS_PORT}#: {", "OPS_PORT", "6061");

  private static final Map<String, String> PLAIN = Map.of("NODE_KEY", "k3y", "OPS_PORT", "6061");

  @TempDir Path folder;

  @Test
  void everyKeyReachesItsRecordAndTheRestHasItsDefault() {
    Config config = Config.of(FULL, PLAIN, ConfigFlags.NONE);

    assertThat(config.server())
        .isEqualTo(
            new ServerConfig("0.0.0.0", 8600, List.of("https://app.example", "*"), TlsConfig.NONE));
    assertThat(config.limits().body()).isEqualTo(DataSize.mebibytes(2));
    assertThat(config.limits().attemptTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.limits().batch()).isEqualTo(100);
    assertThat(config.methods())
        .isEqualTo(new MethodsConfig(List.of("anvil_*"), List.of("eth_getLogs")));
    assertThat(config.ops().port()).isEqualTo(6061);
    assertThat(config.client()).isEqualTo(ClientConfig.DEFAULT);
    assertThat(config.shutdown()).isEqualTo(ShutdownConfig.DEFAULT);
  }

  @Test
  void chainsAndNodesKeepTheirOrder() {
    Config config = Config.of(FULL, PLAIN, ConfigFlags.NONE);

    assertThat(config.chains().sequencedKeySet()).containsExactly("ethereum", "dev");
    ChainConfig ethereum = config.chains().firstEntry().getValue();
    assertThat(ethereum.chainId()).isEqualTo(OptionalLong.of(1));
    assertThat(ethereum.upstreams()).extracting(UpstreamConfig::weight).containsExactly(3, 1);
    assertThat(ethereum.upstreams())
        .extracting(UpstreamConfig::backup)
        .containsExactly(false, true);
    assertThat(ethereum.upstreams().getFirst().url()).hasToString("https://node.example/v2/k3y");
  }

  @Test
  void whatAVariableHoldsIsTakenAsItIs() {
    UpstreamConfig node =
        Config.of(FULL.replace("/${NODE_KEY}", ""), ENVIRONMENT, ConfigFlags.NONE)
            .chains()
            .firstEntry()
            .getValue()
            .upstreams()
            .getFirst();

    assertThat(node.headers())
        .containsEntry("X-Key", "a${OPS_PORT}#: {")
        .containsEntry("X-Price", "${NODE_KEY} costs $5");
  }

  @Test
  void userAndPasswordOfAUrlAreSentAsBasicAuthorization() {
    UpstreamConfig node =
        Config.of(FULL, PLAIN, ConfigFlags.NONE).chains().lastEntry().getValue().upstreams().get(0);

    assertThat(node.requestHeaders()).containsEntry("authorization", "Basic dXNlcjpwYSBzcw==");
  }

  @Test
  void noTextOfTheConfigurationShowsASecret() {
    Config config = Config.of(FULL, PLAIN, ConfigFlags.NONE);

    assertThat(config.toString() + config.print())
        .contains("https://node.example/***", "X-Key")
        .doesNotContain("k3y", "pa%20ss", "pa ss", "costs");
  }

  @Test
  void whatIsPrintedLoadsAgainAndPrintsTheSame() {
    String printed = Config.of(FULL, PLAIN, ConfigFlags.NONE).print();

    Config again = Config.of(printed, Map.of(), ConfigFlags.NONE);

    assertThat(again.print()).isEqualTo(printed);
    assertThat(again.limits()).isEqualTo(Config.of(FULL, PLAIN, ConfigFlags.NONE).limits());
  }

  @Test
  void awkwardTextsArePrintedSoThatTheyLoadAgain() {
    for (String text :
        List.of("true", "12", "a: b", "#x", "é\"\\", "${X}", "- y", "*", "::1", "")) {
      String yaml = "ops: { access-log: " + ConfigPrinter.text("f" + text) + " }";
      assertThat(Config.of(yaml, Map.of(), node()).ops().accessLog()).hasToString("f" + text);
    }
    assertThat(ConfigPrinter.text("true")).isEqualTo("\"true\"");
    assertThat(ConfigPrinter.text("::1")).isEqualTo("\"::1\"");
  }

  @Test
  void flagsGoBeforeTheFile() {
    ConfigFlags flags =
        new ConfigFlags(
            List.of("http://a", "http://b"), OptionalInt.of(1), OptionalInt.of(2), folder);

    Config config = Config.of(FULL, PLAIN, flags);

    assertThat(config.server().port()).isEqualTo(1);
    assertThat(config.ops().port()).isEqualTo(2);
    assertThat(config.ops().accessLog())
        .isEqualTo(new AccessLog.ToFile(folder.resolve("access.log")));
    assertThat(config.chains().firstEntry().getValue().upstreams())
        .extracting(UpstreamConfig::maskedUrl)
        .containsExactly("http://a", "http://b");
    assertThat(config.chains().firstEntry().getValue().chainId()).hasValue(1);
    assertThat(config.chains().lastEntry().getValue().upstreams()).hasSize(1);
  }

  @Test
  void nodesOfFlagsAloneAreTheChainMain() {
    Config config = Config.of(node());

    assertThat(config.chains().sequencedKeySet()).containsExactly("main");
    assertThat(config.server()).isEqualTo(ServerConfig.DEFAULT);
  }

  @Test
  void aFirstChainWithoutNodesTakesThoseOfTheFlags() {
    Config config =
        Config.of("chains: { dev: { chain-id: 31337, finality-depth: 64 } }", Map.of(), node());

    assertThat(config.chains().get("dev"))
        .isEqualTo(
            new ChainConfig(
                OptionalLong.of(31_337),
                OptionalLong.of(64),
                List.of(UpstreamConfig.of("http://n"))));
  }

  @Test
  void aFileIsReadFromDisk() throws Exception {
    Path file = Files.writeString(folder.resolve("tenfold.yaml"), FULL);

    assertThat(Config.load(file, PLAIN, ConfigFlags.NONE).server().port()).isEqualTo(8600);
  }

  @Test
  void sizesAndDurationsAreWrittenInTheLargestUnitThatDividesThem() {
    assertThat(DataSize.parse("2048KiB")).hasToString("2MiB");
    assertThat(new DataSize(1500)).hasToString("1500B");
    assertThat(DataSize.parse("0B")).hasToString("0B");
    assertThat(Durations.format(Durations.parse("120s"))).isEqualTo("2m");
    assertThat(Durations.format(Duration.ofMillis(1500))).isEqualTo("1500ms");
    assertThat(Durations.format(Durations.parse("0m"))).isEqualTo("0s");
  }

  private static ConfigFlags node() {
    return ConfigFlags.NONE.withUpstreams(List.of("http://n"));
  }
}
