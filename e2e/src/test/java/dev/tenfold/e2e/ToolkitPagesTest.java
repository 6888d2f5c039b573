package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of the toolkit's pages and of its Javadoc are tests. A region of an example that is
 * named by {@code @start region=...} is what the page and the {@code @snippet} of the Javadoc show.
 */
class ToolkitPagesTest {
  private static final Path TOOLKIT = Path.of("..", "toolkit");
  private static final Path PAGES = Path.of("..", "docs", "toolkit");
  private static final Pattern REGION =
      Pattern.compile(
          "^ *// @start region=\"?([\\w-]+)\"?\\n(.*?)^ *// @end(?: region=\"?\\1\"?)?\\n",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern CODE =
      Pattern.compile("^```java\\n(.*?)^```\\n", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern SNIPPET =
      Pattern.compile("@snippet\\s+file=\"([^\"]+)\"\\s*(?:\\*\\s*)?region=\"?([\\w-]+)\"?");

  /** What Javadoc takes for markup wherever it stands in the file, also within a string. */
  private static final Pattern MARKUP = Pattern.compile("^.*//\\s*@\\s*\\w.*$", Pattern.MULTILINE);

  private static final Pattern ANY_SNIPPET = Pattern.compile("\\{@snippet");

  static Stream<String> parts() throws IOException {
    try (Stream<Path> folders = Files.list(TOOLKIT)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("parts")
  void thePageOfAPartShowsExactlyTheLinesThatItsExampleRuns(String part) throws IOException {
    String page = Files.readString(PAGES.resolve(part + ".md"));
    List<String> shown =
        CODE.matcher(page).results().map(code -> code.group(1).stripTrailing()).toList();

    assertThat(shown).isNotEmpty().containsExactlyInAnyOrderElementsOf(regions(part).values());
  }

  @ParameterizedTest
  @MethodSource("parts")
  void theJavadocOfAPartShowsItsExample(String part) throws IOException {
    List<String> sources = sources(part);
    List<String> shown =
        sources.stream()
            .flatMap(source -> SNIPPET.matcher(source).results())
            .map(snippet -> snippet.group(1) + " " + snippet.group(2))
            .toList();
    long written =
        sources.stream().flatMap(source -> ANY_SNIPPET.matcher(source).results()).count();

    assertThat(regions(part)).containsKeys(shown.toArray(String[]::new));
    assertThat(shown).as("written as {@snippet file=... region=...}").hasSize((int) written);
    assertThat(shown).isNotEmpty();
  }

  /** Else the Javadoc of a release cannot be made. */
  @ParameterizedTest
  @MethodSource("parts")
  void whatJavadocTakesForMarkupInAnExampleIsARegion(String part) throws IOException {
    for (Path example : examples(part)) {
      assertThat(MARKUP.matcher(read(example)).results().map(MatchResult::group))
          .as(example.toString())
          .allMatch(
              line ->
                  line.strip()
                      .matches("// @(start region=\"?[\\w-]+\"?|end( region=\"?[\\w-]+\"?)?)"));
    }
  }

  @ParameterizedTest
  @MethodSource("parts")
  void eachPartIsOnTheListOfTheToolkit(String part) throws IOException {
    assertThat(Files.readString(PAGES.resolve("README.md"))).contains("](" + part + ".md)");
  }

  /** By file and name, the text of each region, moved to the left margin. */
  private static Map<String, String> regions(String part) throws IOException {
    Path root = TOOLKIT.resolve(part).resolve("src/test/java");
    Map<String, String> regions = new TreeMap<>();
    for (Path file : examples(part)) {
      for (MatchResult region : REGION.matcher(read(file)).results().toList()) {
        String text = region.group(2).stripTrailing().stripIndent();
        regions.put(root.relativize(file) + " " + region.group(1), text);
      }
    }
    return regions;
  }

  private static List<Path> examples(String part) throws IOException {
    try (Stream<Path> files = Files.walk(TOOLKIT.resolve(part).resolve("src/test/java"))) {
      return files.filter(file -> file.toString().endsWith("ExampleTest.java")).toList();
    }
  }

  private static List<String> sources(String part) throws IOException {
    try (Stream<Path> files = Files.walk(TOOLKIT.resolve(part).resolve("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ToolkitPagesTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
