package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandLineTest {
  @TempDir Path folder;

  @Test
  void argumentsEndWithAZeroByteAndMayBeEmpty() throws Exception {
    Path file = Files.writeString(folder.resolve("cmdline"), "java\0-Da=b c\0\0é\0");
    assertThat(CommandLine.arguments(file)).containsExactly("java", "-Da=b c", "", "é");
  }

  @Test
  void theCommandOfThisJvmIsShownWithZeroBytesBetween() throws Exception {
    try (Profiling profiling = Profilings.open(true)) {
      List<String> shown = List.of(Profilings.text(profiling, "cmdline", "").split("\0", -1));
      assertThat(shown.getFirst()).endsWith("java");
      assertThat(shown).hasSize(CommandLine.arguments().size());
      assertThat(shown).contains("--enable-native-access=ALL-UNNAMED");
    }
  }

  @Test
  void whoOpensItMayMaskMore() throws Exception {
    Settings all = new Settings(1 << 20, Duration.ofMillis(1), false, argument -> "x", true);
    try (Profiling profiling = new Profiling(all, InstantSource.system())) {
      assertThat(Profilings.text(profiling, "cmdline", "")).matches("x(\0x)+");
    }
  }
}
