package dev.tenfold.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.stress.cache.Readers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.TestGrading;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * Each race of this module for a moment. What jcstress does in a JVM for each is done in this one,
 * since starting JVMs would take most of the time. Between strides a thread gives way to the other,
 * so that it also goes on where other programs take the processors.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RacesTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern TEST = Pattern.compile("^ *@JCStressTest$", Pattern.MULTILINE);
  private static final long SAMPLES = 10_000;

  /** Read once: jcstress keeps all processors busy to count them. */
  private static final Options OPTIONS = options();

  static Collection<String> races() {
    return TestList.tests();
  }

  @ParameterizedTest
  @MethodSource("races")
  void nothingHappensButWhatMay(String race) throws Exception {
    TestConfig config = config(TestList.getInfo(race));
    long samples = 0;
    while (samples < SAMPLES) { // the first time is short where the machine has other things to do
      TestResult result = run(config);
      assertThat(result.status()).as("%s: %s", race, result.getMessages()).isEqualTo(Status.NORMAL);
      TestGrading grading = TestGrading.grade(result);
      assertThat(grading.failureMessages).as(race).isEmpty();
      assertThat(grading.isPassed).as(race).isTrue();
      samples += result.getTotalCount();
    }
  }

  /** How soon depends on how the threads are scheduled: usually the first run has some. */
  @Test
  void theRaceOfTheReferencesLruShows() throws Exception {
    TestConfig config = config(TestList.getInfo(Readers.AsWritten.class.getCanonicalName()));
    long spoilt = 0;
    for (int run = 0; spoilt == 0 && run < 200; run++) {
      spoilt = run(config).getCount("false");
    }
    assertThat(spoilt).as("lists that two readers spoilt").isPositive();
  }

  private static Options options() {
    String arguments =
        "-m quick -iters 1 -time 50 -strideSize 128 -strideCount 4 -hs 128 -spinStyle THREAD_YIELD";
    Options options = new Options(arguments.split(" "));
    try {
      assertThat(options.parse()).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return options;
  }

  private static TestConfig config(TestInfo info) {
    return new TestConfig(
        OPTIONS,
        info,
        0,
        List.of(),
        CompileMode.UNIFIED,
        new SchedulingClass(AffinityMode.NONE, info.threads(), NodeType.PACKAGE));
  }

  private static TestResult run(TestConfig config) throws ReflectiveOperationException {
    TestResult result =
        Class.forName(config.generatedRunnerName)
            .asSubclass(Runner.class)
            .getConstructor(ForkedTestConfig.class)
            .newInstance(new ForkedTestConfig(config))
            .run();
    result.setConfig(config);
    return result;
  }

  @Test
  void eachRaceThatIsWrittenIsRun() throws IOException {
    long written = 0;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        written += TEST.matcher(Files.readString(file)).results().count();
      }
    }
    assertThat(races()).hasSize((int) written).isNotEmpty();
  }
}
