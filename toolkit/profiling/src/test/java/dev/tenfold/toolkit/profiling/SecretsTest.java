package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://node.example/v2/abc               | https://node.example/***",
        "https://node.example                      | https://node.example",
        "https://node.example:8545/                | https://node.example:8545",
        "wss://node.example?key=abc                | wss://node.example/***",
        "https://node.example#abc                  | https://node.example/***",
        "https://user:abc@node.example             | https://node.example/***",
        "https://abc@node.example/                 | https://node.example/***",
        "https://user:ab/c@node.example/x          | https://***",
        "https://node.example/a@abc                | https://***",
        "postgresql://u:abc@a:5432,b:5432/db?x=abc | postgresql://a:5432,b:5432/***",
        "a=http://x/abc,http://y/abc               | a=http://x/***",
        "jdbc:oracle:thin:scott/abc@//host:1521/x  | jdbc:oracle:***",
        "jdbc:postgresql://host/db?password=abc    | jdbc:postgresql://host/***",
        "redis://:abc@host:6379/0                  | redis://host:6379/***",
        "-Ddb.password=abc                         | -Ddb.password=***",
        "-Djavax.net.ssl.keyStorePassword=a b abc  | -Djavax.net.ssl.keyStorePassword=***",
        "--api-key=abc                             | --api-key=***",
        "NODE_KEY=abc                              | NODE_KEY=***",
        "{\"apiKey\": \"abc\", \"a\": \"abc\"}     | {\"apiKey\": ***",
        "Authorization: Bearer abc                 | Authorization: ***",
        "bearer abc                                | bearer ***",
        "deploy:abc@host                           | ***@host",
        "-Xmx512m                                  | -Xmx512m",
        "-XX:+UseG1GC                              | -XX:+UseG1GC",
        "--port=8545                               | --port=8545",
        "target/tenfold-0.1.0-SNAPSHOT.jar         | target/tenfold-0.1.0-SNAPSHOT.jar",
      })
  void whatMayBeASecretIsMaskedAndTheRestIsNot(String argument, String masked) {
    assertThat(Secrets.maskedArguments(List.of(argument))).containsExactly(masked);
  }

  @ParameterizedTest
  @CsvSource({
    "0123456789abcdef0123456789abcdef",
    "abcdefghij0123456789_-",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF",
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  })
  void whatIsAsLongAndMixedAsATokenIsMasked(String token) {
    assertThat(Secrets.maskedArguments(List.of("node.example/v2/" + token, token + ".x")))
        .containsExactly("node.example/v2/***", "***.x");
  }

  @Test
  void theValueAfterAnOptionThatNamesASecretIsMasked() {
    assertThat(Secrets.maskedArguments(List.of("--password", "abc", "--port", "1")))
        .containsExactly("--password", "***", "--port", "1");
    assertThat(Secrets.maskedArguments(List.of("-token", "-abc", "--no-auth", "--port", "1")))
        .containsExactly("-token", "***", "--no-auth", "--port", "1");
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void aLongTextTakesNoLongTime() {
    for (String part : List.of("a", "key", "a:", "https://", "-", "0a", "\"")) {
      assertThat(Secrets.maskedInText(part.repeat(50_000))).isNotNull();
      assertThat(Secrets.maskedArguments(List.of(part.repeat(50_000)))).isNotEmpty();
    }
  }
}
