package dev.tenfold.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sections that say who may call, and where it is written down. */
class AccessConfigTest {
  private static final String NODE = "chains: { main: { upstreams: [ { url: \"http://n\" } ] } }\n";
  private static final String FULL =
      NODE
          + """
          access:
            require-key: true
            keys:
              - name: indexer
                key: ${INDEXER_KEY}
                tier: pro
                chains: [main]
                methods: [eth_*, net_version]
                origins: ["https://app.example"]
                addresses: [10.0.0.0/8, "::1"]
              - { name: bot.1, key: bots-s3cret-key, rate: 5, burst: 7 }
            trusted-proxies: [127.0.0.1, "fd00::/8"]
            tiers:
              free: { rate: 10 }
              pro: { rate: 100, burst: 300, units: 1000, units-burst: 5000, monthly-units: 3000000000, concurrency: 9 }
            default-tier: free
            address-tier: free
            units: { eth_call: 5, "trace_*": 500, eth_chainId: 0 }
          database: { url: "postgresql://tenfold:pg-s3cret@db.example:5432/tenfold?sslkey=pg-s3cret" }
          usage: { interval: 250ms, spool: 1MiB }
          ops: { admin-token: admin-s3cret-token-1 }
          """;
  private static final Map<String, String> ENVIRONMENT = Map.of("INDEXER_KEY", "indexers-s3cret");

  private final Config config = Config.of(FULL, ENVIRONMENT, ConfigFlags.NONE);

  @Test
  void everyKeyReachesItsRecord() {
    AccessConfig access = config.access();
    assertThat(access.requireKey()).isTrue();
    assertThat(access.keys())
        .containsExactly(
            new KeyConfig(
                "indexer",
                "indexers-s3cret",
                "pro",
                0,
                0,
                List.of("main"),
                List.of("eth_*", "net_version"),
                List.of("https://app.example"),
                List.of("10.0.0.0/8", "::1")),
            new KeyConfig(
                "bot.1", "bots-s3cret-key", "", 5, 7, List.of(), List.of(), List.of(), List.of()));
    assertThat(access.trustedProxies()).containsExactly("127.0.0.1", "fd00::/8");
    assertThat(access.tiers())
        .containsExactly(
            Map.entry("free", new TierConfig(10, 0, 0, 0, 0, 0)),
            Map.entry("pro", new TierConfig(100, 300, 1000, 5000, 3_000_000_000L, 9)));
    assertThat(access.defaultTier()).isEqualTo("free");
    assertThat(access.addressTier()).isEqualTo("free");
    assertThat(access.units()).isEqualTo(Map.of("eth_call", 5, "trace_*", 500, "eth_chainId", 0));
    assertThat(config.usage())
        .isEqualTo(new UsageConfig(Duration.ofMillis(250), DataSize.mebibytes(1)));
    assertThat(config.database().isOn()).isTrue();
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    Config defaults = Config.of(NODE);

    assertThat(defaults.access()).isEqualTo(AccessConfig.DEFAULT);
    assertThat(defaults.database()).isEqualTo(new DatabaseConfig("sqlite:tenfold.db"));
    assertThat(defaults.usage()).isEqualTo(UsageConfig.DEFAULT);
    assertThat(Config.of(NODE + "database: { url: \"\" }").database().isOn()).isFalse();
  }

  @Test
  void noTextShowsASecret() {
    assertThat(config.toString()).doesNotContain("s3cret").contains("indexer", "bot.1");
    assertThat(config.print()).doesNotContain("s3cret").contains("indexer", "key: \"***\"");
    assertThat(config.access().keys().getFirst()).hasToString("KeyConfig[indexer]");
    assertThat(config.ops().toString()).doesNotContain("s3cret");
  }

  @Test
  void whatIsPrintedSaysAllButTheSecrets() {
    String printed = config.print();
    String again =
        printed
            .replaceFirst("key: \"\\*\\*\\*\"", "key: indexers-s3cret")
            .replaceFirst("key: \"\\*\\*\\*\"", "key: bots-s3cret-key")
            .replaceFirst("admin-token: \"\\*\\*\\*\"", "admin-token: admin-s3cret-token-1");
    Config loaded = Config.of(again);

    assertThat(loaded.access()).isEqualTo(config.access());
    assertThat(loaded.usage()).isEqualTo(config.usage());
    assertThat(loaded.print()).isEqualTo(printed);
  }

  @Test
  void theMaskIsNeverTakenForAKey() {
    assertThatThrownBy(() -> Config.of(config.print()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("access.keys[0].key must have 8 to 200 letters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys: [ { name: a, key: \"s3cret with spaces\" } ]",
        "keys: [ { name: a, key: s3cret-1, tier: gold } ]",
        "keys: [ { name: a, key: s3cret-1, burst: 3 } ]",
        "keys: [ { name: a, key: s3cret-1, chains: [nowhere] } ]",
        "keys: [ { name: a, key: s3cret-1 }, { name: a, key: s3cret-2 } ]",
        "keys: [ { name: a, key: s3cret-1 }, { name: b, key: s3cret-1 } ]",
        "keys: [ { name: a, key: [s3cret-1] } ]",
        "keys: [ { name: a, keys: s3cret-1 } ]"
      })
  void noRefusalShowsASecret(String access) {
    assertThat(catchThrowable(() -> Config.of(NODE + "access: { " + access + " }")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("access.keys")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void noRefusalOfADatabaseOrATokenShowsIt() {
    for (String line :
        List.of(
            "database: { url: \"mysql://u:s3cret@h/d\" }",
            "database: { urn: \"postgresql://u:s3cret@h/d\" }",
            "ops: { admin-token: \"s3cret\" }")) {
      assertThat(catchThrowable(() -> Config.of(NODE + line)))
          .isInstanceOf(ConfigException.class)
          .hasMessageNotContaining("s3cret");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sqlite:tenfold.db | sqlite:tenfold.db",
        "sqlite:/var/lib/a@b/tenfold.db | sqlite:/var/lib/a@b/tenfold.db",
        "postgresql://db.example/tenfold | postgresql://db.example/tenfold",
        "postgres://u@db.example/tenfold | postgres://***@db.example/tenfold",
        "postgresql://u:s3cret@db.example:5432/t | postgresql://***@db.example:5432/t",
        "postgresql://u:s3cret@s3cret@db.example/t | postgresql://***@db.example/t",
        "postgresql://u:s3cret/s3cret@db.example/t | postgresql://***@db.example/t",
        "postgresql://u:s3:cr#s3cret@db.example/t | postgresql://***@db.example/t",
        "postgresql://u:s3cret?s3cret@db.example/t | postgresql://***",
        "postgresql://db.example/t?user=u&password=s3cret | postgresql://db.example/t?***",
        "postgresql://db.example/t?password=s3@cret | postgresql://***",
        "postgresql://u:s3cret@db.example/t?sslpassword=s3cret | postgresql://***@db.example/t?***"
      })
  void ofTheUrlOfTheDatabaseNoSecretIsShown(String url, String shown) {
    DatabaseConfig database = new DatabaseConfig(url);

    assertThat(database.maskedUrl()).isEqualTo(shown);
    assertThat(database).hasToString("DatabaseConfig[" + shown + "]");
    assertThat(Config.of(NODE + "database: { url: \"" + url + "\" }").print())
        .contains("url: \"" + shown + "\"")
        .doesNotContain("s3");
  }
}
