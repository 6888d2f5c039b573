package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another project takes each part of the toolkit by itself, by its coordinates from a repository
 * that has nothing else of ours, and runs it: on the class path, and on the module path.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class ToolkitConsumerTest {
  private static final Path ROOT = Path.of("..");
  private static final Path BOM = ROOT.resolve("bom/pom.xml");
  private static final String ANNOTATIONS = "org.jspecify:jspecify";
  private static final int MOST_LIBRARIES = 2;

  /** A part, what its example prints, and the libraries that its own POM brings. */
  record Part(String name, String prints, String... libraries) {
    @Override
    public String toString() {
      return name;
    }

    Path pom() {
      return ROOT.resolve("toolkit").resolve(name).resolve("pom.xml");
    }

    Path jar(String version) {
      return pom().resolveSibling("target/tenfold-" + name + "-" + version + ".jar");
    }
  }

  private static final List<Part> PARTS =
      List.of(
          new Part("batching", "250 rows written, 0 rejected, 0 left"),
          new Part("cache", "1 hit, 1 miss", "com.github.ben-manes.caffeine:caffeine"),
          new Part("httpclient", "200 hello", "io.vertx:vertx-core"),
          new Part(
              "json",
              "{\"id\":7,\"item\":\"shoe\"}, MALFORMED",
              "com.fasterxml.jackson.core:jackson-core",
              "com.fasterxml.jackson.core:jackson-databind"),
          new Part("jsonrpc", "BATCH of 2, first eth_blockNumber, second wrong in VERSION"),
          new Part("metrics", "2 requests, 1 error, 1 active"),
          new Part("pool", "100 taken, 1 created, a buffer of 32768 bytes"),
          new Part(
              "profiling", "heap 200 application/octet-stream", "tools.profiler:async-profiler"),
          new Part("workers", "100 jobs run, 0 not"));

  private static ConsumerProject consumer;
  private static List<String> printed;

  @BeforeAll
  static void theProjectIsBuiltAndRun() throws Exception {
    String version = found("<version>(.*?)</version>", BOM).findFirst().orElseThrow();
    consumer = new ConsumerProject(Path.of("target/consumer"), version);
    consumer.install("tenfold-bom", BOM);
    consumer.install("tenfold", ROOT.resolve("pom.xml"));
    for (Part part : PARTS) {
      consumer.install("tenfold-" + part.name, part.pom(), part.jar(version));
    }
    printed = consumer.run();
  }

  static List<Part> parts() {
    return PARTS;
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartRunsOnTheClassPath(Part part) {
    assertThat(printed)
        .as(String.join("\n", printed))
        .anyMatch(
            line ->
                line.startsWith(part.name + " in unnamed module @")
                    && line.endsWith(": " + part.prints));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartRunsOnTheModulePath(Part part) {
    assertThat(printed)
        .as(String.join("\n", printed))
        .contains(part.name + " in module dev.tenfold.toolkit." + part.name + ": " + part.prints);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartBringsNothingElseOfOurs(Part part) throws IOException {
    assertThat(consumer.librariesWith(part.name))
        .contains(ANNOTATIONS)
        .filteredOn(library -> library.startsWith("dev.tenfold:"))
        .containsExactly("dev.tenfold:tenfold-" + part.name);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartNeedsAtMostTwoLibraries(Part part) throws IOException {
    Set<String> needed =
        found("(?s)<dependency>(.*?)</dependency>", part.pom())
            .filter(dependency -> !dependency.contains("<scope>test</scope>"))
            .map(ToolkitConsumerTest::coordinates)
            .collect(Collectors.toSet());

    assertThat(needed).containsExactlyInAnyOrder(part.libraries);
    assertThat(needed).hasSizeLessThanOrEqualTo(MOST_LIBRARIES);
    assertThat(consumer.librariesWith(part.name)).containsAll(needed);
  }

  @Test
  void noPartIsLeftOut() throws IOException {
    List<String> parts = PARTS.stream().map(Part::name).toList();

    assertThat(found("<module>toolkit/(.*?)</module>", ROOT.resolve("pom.xml")))
        .containsExactlyInAnyOrderElementsOf(parts);
    assertThat(found("(?s)<dependency>.*?<artifactId>tenfold-(.*?)</artifactId>", BOM))
        .containsExactlyInAnyOrderElementsOf(parts);
    assertThat(found("<module>(.*?)</module>", Path.of("consumer/pom.xml")))
        .containsExactlyInAnyOrderElementsOf(parts);
  }

  @Test
  void theRepositoryHasNothingOfOursButWhatThisBuildMade() throws IOException {
    assertThat(consumer.oursInTheRepository())
        .hasSize(2 + 2 * PARTS.size())
        .containsExactlyInAnyOrderElementsOf(consumer.installed());
  }

  private static String coordinates(String dependency) {
    return dependency.replaceAll(
        "(?s).*<groupId>(.*?)</groupId>.*<artifactId>(.*?)</artifactId>.*", "$1:$2");
  }

  private static Stream<String> found(String pattern, Path file) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map(match -> match.group(1));
  }
}
