package dev.tenfold.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration is refused for, and in which words. */
class ConfigRefusalTest {
  private static final String NODE =
      """
      chains:
        main:
          upstreams:
            - url: http://127.0.0.1:8546
      """;
  private static final int LINES = 4;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server: { prot: 1 }             | server.prot is not a known key; did you mean port?
          sever: { port: 1 }              | sever is not a known key; did you mean server?
          server: { keys: {} }            | server.keys is not a known key; known here: host, port, cors-origins, tls
          server: { tls: { cert: a } }    | server.tls.cert is not a known key; known here: certificate, key
          server: { tls: { key: a } }     | server.tls.certificate is missing; certificate and key go together
          server: { tls: { certificate: a } } | server.tls.key is missing; certificate and key go together
          server: { tls: { certificate: no.pem, key: no.pem } } | server.tls.certificate is no.pem; there is no such file
          redis: { url: "" }              | redis is not a known key
          server: { port: 1, port: 2 }    | server.port is there twice
          server: { port: 70000 }         | server.port is 70000; it must be from 0 to 65535
          server: { port: "80" }          | server.port is a text in quotes; it must be written without them
          server: { port: many }          | server.port is many; it must be a whole number
          server: { port: 1.5 }           | server.port is 1.5; it must be a whole number
          server: { port: 99999999999 }   | server.port is 99999999999; it is too large a number
          server: { port: [1] }           | server.port must be a single value
          server: { port: }               | server.port has no value; leave the key out for its default
          server: 8545                    | server must be a mapping of keys to values
          server: { host: "a b" }         | server.host is "a b"; it must be a host name or an IP address
          server: { cors-origins: "*" }   | server.cors-origins must be a list
          server: { cors-origins: [a] }   | server.cors-origins is "a"; each must be * or an origin
          limits: { body: 1MB }           | limits.body is 1MB; it must be a size such as 512B, 64KiB, 1MiB or 2GiB
          limits: { body: 1048576 }       | limits.body is 1048576; it must be a size
          limits: { body: 0B }            | limits.body is 0B; it must be from 1KiB to 1GiB
          limits: { batch: 0 }            | limits.batch is 0; it must be from 1 to 100000
          limits: { answer: 1KiB }        | limits.answer is 1KiB; it must be from 1MiB to 1GiB
          limits: { in-flight: 1MiB }     | limits.in-flight is 1MiB; it must be from 1536KiB to 1024GiB
          limits: { call-timeout: 30 }    | limits.call-timeout is 30; it must be a duration such as 500ms, 30s, 2m or 1h
          limits: { call-timeout: 0s }    | limits.call-timeout is 0s; it must be from 1ms to 24h
          limits: { call-timeout: 25h }   | limits.call-timeout is 25h; it must be from 1ms to 24h
          limits: { attempt-timeout: 31s }| limits.attempt-timeout is 31s; it must not be longer than limits.call-timeout, 30s
          methods: { deny: ["eth*x"] }    | methods.deny is "eth*x"; each must be a method's name, or the beginning of names and *
          cache: { memory: 1KiB }         | cache.memory is 1KiB; it must be 0B, or from 1MiB to 1024GiB
          client: { clients: 0 }          | client.clients is 0; it must be from 1 to 256
          ops: { port: 8545 }             | ops.port is 8545; server.port is the same; they must differ
          ops: { access-log: "" }         | ops.access-log is ; it must be off, stdout, or a file
          access: { keys: {} }            | access.keys must be a list
          access: { keys: [ { key: k1234567 } ] } | access.keys[0].name is ""; it has 1 to 64 letters
          access: { keys: [ { name: "a b", key: k1234567 } ] } | access.keys[0].name is "a b"; it has 1 to 64 letters
          access: { keys: [ { name: a } ] } | access.keys[0].key must have 8 to 200 letters
          access: { keys: [ { name: a, key: k123456 } ] } | access.keys[0].key must have 8 to 200 letters
          access: { keys: [ { name: a, key: "***" } ] } | access.keys[0].key must have 8 to 200 letters
          access: { keys: [ { name: a, key: k1234567, burst: 1 } ] } | access.keys[0].burst is 1; it needs a rate beside it
          access: { keys: [ { name: a, key: k1234567, rate: -1 } ] } | access.keys[0].rate is -1; it must be from 0 to 1000000
          access: { keys: [ { name: a, key: k1234567, methods: ["*x"] } ] } | access.keys[0].methods is "*x"; each must be a method's name
          access: { keys: [ { name: a, key: k1234567, addresses: [home] } ] } | access.keys[0].addresses is "home"; each must be an IP address
          access: { keys: [ { name: a, key: k1234567, origins: ["*"] } ] } | access.keys[0].origins is "*"; each must be an origin
          access: { keys: [ { name: a, key: k1234567, chains: [mian] } ] } | access.keys is [mian]; its chains must be some of [main]
          access: { keys: [ { name: a, key: k1234567, tier: gold } ] } | access.keys is "gold"; it must be one of access.tiers: []
          access: { keys: [ { name: a, kee: k1234567 } ] } | access.keys[0].kee is not a known key; did you mean key?
          access: { keys: [ { name: a, key: k1234567 }, { name: a, key: k7654321 } ] } | access.keys is "a"; each key has a name of its own
          access: { keys: [ { name: a, key: k1234567 }, { name: b, key: k1234567 } ] } | access.keys has the key of b twice
          access: { trusted-proxies: [10.0.0.0/33] } | access.trusted-proxies is "10.0.0.0/33"; each must be an IP address, or a network
          access: { trusted-proxies: [proxy] } | access.trusted-proxies is "proxy"; each must be an IP address, or a network
          access: { default-tier: gold }  | access.default-tier is "gold"; it must be one of access.tiers: []
          access: { tiers: { free: {} }, address-tier: fre } | access.address-tier is "fre"; it must be one of access.tiers: [free]
          access: { tiers: { "": {} } }   | access.tiers is ""; a name has 1 to 64 letters
          access: { tiers: { free: { burst: 5 } } } | access.tiers.free.burst is 5; it needs a rate beside it
          access: { tiers: { free: { units-burst: 5 } } } | access.tiers.free.units-burst is 5; it needs units beside it
          access: { tiers: { free: { rate: 1000001 } } } | access.tiers.free.rate is 1000001; it must be from 0 to 1000000
          access: { tiers: { free: { monthly-units: -1 } } } | access.tiers.free.monthly-units is -1; it must be from 0
          access: { units: { eth_call: -1 } } | access.units.eth_call is -1; it must be from 0 to 100000
          access: { units: { "eth*x": 1 } } | access.units.eth*x is "eth*x"; each must be a method's name
          access: { units: { eth_call: } } | access.units.eth_call has no value
          access: { require-key: yes }    | access.require-key is yes; it must be true or false
          database: { url: "mysql://h/d" } | database.url must begin with sqlite: or postgresql://, or be empty
          database: { url: "sqlite:" }    | database.url must begin with sqlite: or postgresql://, or be empty
          database: { url: "jdbc:postgresql://h/d" } | database.url must begin with sqlite: or postgresql://, or be empty
          usage: { interval: 99ms }       | usage.interval is 99ms; it must be from 100ms to 24h
          usage: { spool: 1KiB }          | usage.spool is 1KiB; it must be from 64KiB to 16GiB
          ops: { admin-token: x }         | ops.admin-token must have 16 to 200 letters
          shutdown: { delay: -1s }        | shutdown.delay is -1s; it must be a duration
          server: { host: "${HOST}" }     | server.host needs the environment variable HOST, which is not set
          server: { host: "${EMPTY}" }    | server.host needs the environment variable EMPTY, which is empty
          server: { host: "${HO ST}" }    | server.host has ${ that no name and } follow
          server: { host: "${HOST" }      | server.host has ${ that no name and } follow
          """)
  void aWrongLineIsRefusedWithItsNumberItsKeyAndTheRule(String line, String complaint) {
    assertThatThrownBy(() -> Config.of(NODE + line + "\n", Map.of("EMPTY", ""), ConfigFlags.NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("line " + (LINES + 1) + ": " + complaint);
  }

  @ParameterizedTest
  @CsvSource({"0, is 0", "8193, is 8193", "deep, is deep", "-1, is -1"})
  void aFinalityDepthIsFromOneBlockToTheWholeWindow(String depth, String complaint) {
    String yaml = NODE.replace("  main:\n", "  main:\n    finality-depth: " + depth + "\n");

    assertThatThrownBy(() -> Config.of(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("line 3: chains.main.finality-depth " + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url: ftp://node.example          | url must begin with http:// or https://
          url: node.example:8545           | url must begin with http:// or https://
          url: http:///path                | url must name a host
          url: http://node.example:70000   | url must name a host, and a port from 1 to 65535 if any
          url: "http://n/k e y"            | url is not a valid URL
          url: http://n/#key               | url must not have a fragment
          weight: 1                        | url is missing
          { url: http://n, weight: 0 }     | weight is 0; it must be from 1 to 1000
          { url: http://n, backup: yes }   | backup is yes; it must be true or false
          { url: http://n, wieght: 1 }     | wieght is not a known key; did you mean weight?
          { url: http://n, headers: [] }   | headers must be a mapping of keys to values
          { url: http://n, headers: { "a b": c } } | headers has the name "a b", which no header can have
          { url: http://n, headers: { a: "x\\ny" } } | headers has a value of a that no header can have
          { url: http://u:p@n, headers: { Authorization: x } } | headers has Authorization, and so has the URL
          """)
  void aWrongNodeIsRefusedWithoutItsAddress(String node, String complaint) {
    String yaml = "chains:\n  main:\n    upstreams:\n      - " + node + "\n";

    assertThatThrownBy(() -> Config.of(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("line 4: chains.main.upstreams[0]." + complaint)
        .message()
        .doesNotContain("node.example", "k e y", "//n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          health     | line 2: chains.health cannot be called so
          Main       | line 2: chains.Main cannot be called so
          a.b        | line 2: chains.a.b cannot be called so
          """)
  void aChainsNameIsAPathOfItsOwn(String name, String complaint) {
    String yaml = "chains:\n  " + name + ":\n    upstreams: [ { url: http://n } ]\n";

    assertThatThrownBy(() -> Config.of(yaml)).hasMessageStartingWith(complaint);
  }

  @Test
  void aConfigurationThatNamesNoNodeIsRefused() {
    assertThatThrownBy(() -> Config.of("")).hasMessageStartingWith("chains names no node");
    assertThatThrownBy(() -> Config.of("chains:\n  main:\n    chain-id: 1\n"))
        .hasMessageStartingWith("line 2: chains.main.upstreams names no node");
    assertThatThrownBy(() -> Config.of("chains:\n  main:\n    upstreams: []\n"))
        .hasMessageStartingWith("line 3: chains.main.upstreams names no node");
  }

  @Test
  void whatIsNoYamlIsRefusedWithItsLineAndWithoutTheLinesAround() {
    String yaml = NODE.replace("8546", "8546/secret") + "server: [\n";

    assertThat(catchThrowable(() -> Config.of(yaml)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it is not valid YAML")
        .hasMessageStartingWith("line 6: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aFileIsNamedInWhatIsSaidOfIt() throws Exception {
    Path file = Files.writeString(folder.resolve("t.yaml"), NODE + "server: { prot: 1 }\n");
    Path bytes = Files.write(folder.resolve("b.yaml"), new byte[] {'#', (byte) 0xff});

    assertThatThrownBy(() -> load(file)).hasMessageStartingWith(file + ":5: server.prot");
    assertThatThrownBy(() -> load(bytes)).hasMessage(bytes + ": it is not valid UTF-8");
    assertThatThrownBy(() -> load(folder.resolve("none.yaml")))
        .hasMessageEndingWith("none.yaml: there is no such file");
    assertThatThrownBy(() -> load(folder)).hasMessageContaining(": it cannot be read: ");
  }

  @Test
  void whatAFlagSaysWrongIsNotPutOnTheFile() {
    ConfigFlags port =
        new ConfigFlags(List.of(), OptionalInt.of(70_000), OptionalInt.empty(), Path.of(""));
    ConfigFlags node = ConfigFlags.NONE.withUpstreams(List.of("ftp://n"));

    assertThatThrownBy(() -> Config.of(NODE + "server: { port: 1 }\n", Map.of(), port))
        .hasMessageStartingWith("server.port is 70000");
    assertThatThrownBy(() -> Config.of(NODE, Map.of(), node))
        .hasMessage("--upstream must begin with http:// or https://");
  }

  private static void load(Path file) {
    Config.load(file, Map.of(), ConfigFlags.NONE);
  }
}
