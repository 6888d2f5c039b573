package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples that the toolkit's Javadoc takes from tests are there. The compiler does not look,
 * and javadoc itself, which does, is too slow for each build.
 */
final class ToolkitSnippetsTest {
  private static final Pattern SNIPPET =
      Pattern.compile("\\{@snippet\\s+file=\"(?<file>[^\"]+)\"\\s+region=\"(?<region>[^\"]+)\"");
  private static final Pattern ANY_SNIPPET = Pattern.compile("\\{@snippet[^:}]*file=");

  @Test
  void eachExampleInTheJavadocOfThePartsIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    try (Stream<Path> parts = Files.list(Path.of("../toolkit"))) {
      for (Path part : parts.toList()) {
        missing.addAll(missingIn(part));
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void oneThatIsNotThereIsFound(@TempDir Path part) throws IOException {
    Path main = Files.createDirectories(part.resolve("src/main/java"));
    Path test = Files.createDirectories(part.resolve("src/test/java"));
    Files.writeString(test.resolve("Example.java"), "// @start region=\"there\"\n// @end\n");
    Files.writeString(
        main.resolve("Documented.java"),
        """
        /** {@snippet file="Example.java" region="there"}
         * {@snippet file="Example.java" region="elsewhere"}
         * {@snippet file="Nowhere.java" region="there"}
         * {@snippet region="there" file="Example.java"} */
        """);

    assertThat(missingIn(part))
        .containsExactly(
            "Documented.java: Example.java has no region elsewhere",
            "Documented.java: no Nowhere.java",
            "Documented.java: write {@snippet file=\"FILE\" region=\"REGION\"}");
  }

  private static List<String> missingIn(Path part) throws IOException {
    List<String> missing = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(part.resolve("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        for (String what : missingFrom(Files.readString(source), part.resolve("src/test/java"))) {
          missing.add(source.getFileName() + ": " + what);
        }
      }
    }
    return missing;
  }

  private static List<String> missingFrom(String source, Path tests) throws IOException {
    List<String> missing = new ArrayList<>();
    Matcher snippets = SNIPPET.matcher(source);
    long understood = 0;
    while (snippets.find()) {
      understood++;
      String file = snippets.group("file");
      String region = snippets.group("region");
      if (!Files.exists(tests.resolve(file))) {
        missing.add("no " + file);
      } else if (!hasRegion(Files.readString(tests.resolve(file)), region)) {
        missing.add(file + " has no region " + region);
      }
    }
    if (understood != ANY_SNIPPET.matcher(source).results().count()) {
      missing.add("write {@snippet file=\"FILE\" region=\"REGION\"}");
    }
    return missing;
  }

  private static boolean hasRegion(String example, String region) {
    return Pattern.compile("@start region=\"?" + Pattern.quote(region) + "\"?\\s")
        .matcher(example)
        .find();
  }
}
