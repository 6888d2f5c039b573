package dev.tenfold.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher and the jar in a folder of their own: the JVM takes the cache, or passes it over.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class AotCacheTest {
  private static final String JAR = System.getProperty("tenfold.jar", "../cli/target/tenfold.jar");

  /** Ends the start with status 1 where the cache can't be used. */
  private static final String USED_OR_FAIL = "-XX:AOTMode=on";

  @TempDir private static Path folder;

  private final Path jar = folder.resolve("tenfold.jar");
  private final Path cache = folder.resolve("tenfold.aot");
  private final Path kept = folder.resolve("kept");

  private record Ended(int status, String out, String err) {}

  @BeforeAll
  static void aCacheIsMade() throws Exception {
    Files.copy(Path.of(JAR), folder.resolve("tenfold.jar"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(Path.of("..", "tenfold"), folder.resolve("tenfold"));
    Ended made = run(Map.of("TENFOLD_AOT", "make"));
    assertThat(made.status).as(made.err).isZero();
    Files.copy(folder.resolve("tenfold.aot"), folder.resolve("kept"));
  }

  @BeforeEach
  void theCacheIsWhole() throws IOException {
    Files.copy(kept, cache, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        Path.of(JAR), jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-Xmx256m", "-Xlog:gc", "-XX:+UseSerialGC"})
  void theJvmUsesItWithTheseOptions(String options) throws Exception {
    Ended ended = version(USED_OR_FAIL + " " + options);

    assertThat(ended.status).as(ended.out).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseZGC",
        "-XX:-UseCompactObjectHeaders",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Xshare:off",
        "-XX:AOTMode=off"
      })
  void withOptionsThatDoNotGoWithItTheProgramStartsWithoutAWord(String options) throws Exception {
    assertThatItStartsWithoutAWord(version(options));
  }

  @Test
  void withADebuggerItStartsWithoutTheCache() throws Exception {
    Ended ended = version("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=0");

    assertThat(ended.status).isZero();
    assertThat(ended.out).doesNotContain("[aot");
    assertThat(ended.err).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 1_000_000, 20_000_000})
  void oneThatWasCutShortIsPassedOverWithoutAWord(long length) throws Exception {
    try (var file = Files.newByteChannel(cache, StandardOpenOption.WRITE)) {
      file.truncate(length);
    }

    assertThat(version(USED_OR_FAIL).status).isEqualTo(1);
    assertThatItStartsWithoutAWord(version(""));
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000_000, 20_000_000, 50_000_000})
  void oneThatWasDamagedInTheMiddleIsPassedOverWithoutAWord(long place) throws Exception {
    try (var file = Files.newByteChannel(cache, StandardOpenOption.WRITE)) {
      file.position(place).write(ByteBuffer.wrap("damaged ".repeat(10_000).getBytes(UTF_8)));
    }

    assertThat(version(USED_OR_FAIL).status).isEqualTo(1);
    assertThatItStartsWithoutAWord(version(""));
  }

  @Test
  void oneOfAnotherJarIsPassedOverWithoutAWord() throws Exception {
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(version(USED_OR_FAIL).status).isEqualTo(1);
    assertThatItStartsWithoutAWord(version(""));
  }

  @Test
  void oneThatIsNoCacheAtAllIsPassedOverWithoutAWord() throws Exception {
    Files.writeString(cache, "something else ".repeat(10_000));

    assertThatItStartsWithoutAWord(version(""));
  }

  private static void assertThatItStartsWithoutAWord(Ended ended) {
    assertThat(ended.status).as(ended.err).isZero();
    assertThat(ended.err).isEmpty();
    assertThat(ended.out).startsWith("tenfold ").hasLineCount(1);
  }

  private static Ended version(String options) throws Exception {
    return run(Map.of("TENFOLD_JAVA_OPTS", options), "--version");
  }

  private static Ended run(Map<String, String> variables, String... arguments) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder = new ProcessBuilder("sh", folder.resolve("tenfold").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().remove("TENFOLD_AOT");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int status = process.waitFor();
    return new Ended(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
