package dev.tenfold.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.config.ConfigFlags;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(60)
@Isolated("counts the event loops of this JVM")
class GatewayFailedStartTest {
  @TempDir Path folder;

  private static long loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith("vert"))
        .count();
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidAndNothingIsLeftRunning() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Config withoutToken =
        Config.of(
            "chains: { main: { upstreams: [ { url: \"http://127.0.0.1:9\" } ] } }",
            Map.of(),
            ConfigFlags.NONE);
    long before = loops();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Gateway.start(withoutToken, file))
        .withMessageContaining("admin token")
        .withMessageContaining("Exception: " + file);
    assertThat(loops()).isLessThanOrEqualTo(before);
  }
}
