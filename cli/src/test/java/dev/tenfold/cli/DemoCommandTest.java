package dev.tenfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command demo as people run it, in a process of its own, with times that are short. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class DemoCommandTest {
  private static final String[] SHORT = {"--steady", "500ms", "--step", "150ms", "--rate", "50"};

  /** Nine JVMs that live for a second each. */
  private static final Map<String, String> CHEAP =
      Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  private static final Comparator<ProcessHandle> BY_START =
      Comparator.comparing(part -> part.info().startInstant().orElseThrow());

  private final List<Process> started = new ArrayList<>();
  private final List<ProcessHandle> parts = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
    parts.forEach(ProcessHandle::destroyForcibly);
  }

  private Process demo(String... options) throws IOException {
    return demo(Map.of(), options);
  }

  private Process demo(Map<String, String> environment, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "demo"));
    command.addAll(List.of(SHORT));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process demo = builder.start();
    started.add(demo);
    return demo;
  }

  /** Waits for a line of progress, and takes down which processes there are. */
  private void awaitProgress(Process demo, String text) throws IOException {
    BufferedReader err = demo.errorReader();
    String last = "";
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.contains(text)) {
        demo.descendants().forEach(parts::add);
        return;
      }
      last = line;
    }
    throw new AssertionError("the demo ended before it said: " + text + "; it said: " + last);
  }

  private void assertThatNothingIsLeft() throws Exception {
    for (ProcessHandle part : parts) {
      part.onExit().get(20, TimeUnit.SECONDS);
    }
    assertThat(parts).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  private void assertThatNoFileIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().contains("tenfold"))).isEmpty();
    }
  }

  private static String text(Process demo) throws IOException {
    return String.join("\n", demo.inputReader().lines().toList());
  }

  @Test
  void theTableHasThreeColumnsAndEachRowSaysHowItWasTaken() throws Exception {
    Path json = folder.resolve("demo.json");
    Process demo = demo("--json", json.toString());
    awaitProgress(demo, "after: 50 requests/s");
    String page = text(demo);

    assertThat(demo.waitFor()).isZero();
    for (String row :
        List.of(
            "latency p50",
            "latency p99",
            "throughput",
            "memory",
            "CPU",
            "GC pause",
            "upstream calls")) {
      assertThat(page.lines().filter(line -> line.strip().startsWith(row))).hasSize(2);
    }
    assertThat(page).contains("before   after, cache off", "100 ms -> 10 ms", "-Xmx", "Hit ratio");
    assertThatTheJsonHasTheFigures(new ObjectMapper().readTree(json.toFile()));
    assertThatNothingIsLeft();
    Files.delete(json);
    assertThatNoFileIsLeft();
  }

  private static void assertThatTheJsonHasTheFigures(JsonNode json) {
    assertThat(json.path("columns").findValuesAsText("name"))
        .containsExactly("before", "after, cache off", "after");
    for (JsonNode column : json.path("columns")) {
      assertThat(column.path("requests").asLong()).isEqualTo(25);
      assertThat(column.path("failed").asLong()).isZero();
      assertThat(column.path("latency_p50_ms").asDouble()).isPositive();
      assertThat(column.path("memory_bytes").asLong()).isGreaterThan(10_000_000);
      assertThat(column.has("cpu_share")).isTrue();
      assertThat(column.has("throughput_per_s")).isTrue();
    }
    JsonNode before = json.path("columns").path(0);
    assertThat(before.path("latency_p50_ms").asDouble()).isGreaterThan(99);
    assertThat(before.path("upstream_calls").asLong()).isEqualTo(25);
    assertThat(json.path("mix")).isNotEmpty();
    assertThat(json.path("jvm_flags")).isNotEmpty();
  }

  @Test
  void eachStepAnswersEverythingAndTheCacheSparesTheNode() throws Exception {
    Path json = folder.resolve("steps.json");
    Path svg = folder.resolve("steps.svg");
    Process demo =
        demo(
            CHEAP,
            "--steps",
            "--rounds",
            "1",
            "--connections",
            "20",
            "--json",
            json.toString(),
            "--svg",
            svg.toString());
    awaitProgress(demo, "round 1 of 1: the gateway");
    String page = text(demo);

    assertThat(demo.waitFor()).isZero();
    assertThat(page)
        .contains("too few rounds to tell", "How it was taken")
        .doesNotContain("did not answer");
    JsonNode steps = new ObjectMapper().readTree(json.toFile()).path("steps");
    assertThat(steps.findValuesAsText("name"))
        .containsExactly(
            "naive",
            "+ object pool",
            "+ client pool",
            "+ JSON",
            "+ worker pool",
            "+ cache",
            "+ database",
            "the gateway");
    for (JsonNode step : steps) {
      assertThatTheStepHolds(step);
    }
    assertThat(svg).content().contains("</svg>");
    assertThatNothingIsLeft();
    Files.delete(json);
    Files.delete(svg);
    assertThatNoFileIsLeft();
  }

  private static void assertThatTheStepHolds(JsonNode step) {
    String name = step.path("name").asText();
    JsonNode round = step.path("rounds").path(0);
    assertThat(round.path("requests").asLong()).isEqualTo(25);
    assertThat(round.path("failed").asLong()).isZero();
    assertThat(round.path("burst_failed").asLong()).isZero();
    assertThat(round.path("heap_kib_per_request").asDouble()).isPositive();
    long calls = round.path("node_calls").asLong();
    switch (name) {
      case "+ cache", "+ database" -> assertThat(calls).isLessThan(25);
      case "the gateway" -> {} // its polls are in it
      default -> assertThat(calls).isEqualTo(25);
    }
  }

  @Test
  void aPictureIsOnlyMadeOfSteps() throws Exception {
    Process demo = demo("--svg", folder.resolve("a.svg").toString());

    assertThat(demo.waitFor()).isEqualTo(2);
    assertThat(demo.errorReader().lines()).singleElement().asString().contains("needs --steps");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--svg", "--json"})
  void aFolderThatIsNotThereIsNamedBeforeAnythingIsMeasured(String option) throws Exception {
    Process demo = demo("--steps", option, folder.resolve("none/file").toString());

    assertThat(demo.waitFor()).isEqualTo(1);
    assertThat(demo.errorReader().lines())
        .singleElement()
        .asString()
        .contains("there is no folder " + folder.resolve("none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--node-port"})
  void aPortInUseIsNamedWithTheLineThatWouldWork(String option) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process demo = demo(option, "" + taken.getLocalPort());
      List<String> err = demo.errorReader().lines().toList();

      assertThat(demo.waitFor()).isEqualTo(1);
      assertThat(err)
          .singleElement()
          .asString()
          .startsWith("tenfold: port " + taken.getLocalPort() + " of 127.0.0.1 is in use; this")
          .contains("would work: ./tenfold demo " + option + " ");
    }
  }

  @Test
  void aPartThatEndsIsNamedAndTheOthersAreEnded() throws Exception {
    Process demo = demo();
    awaitProgress(demo, "looking for its maximum");
    ProcessHandle node = parts.stream().min(BY_START).orElseThrow(); // it is started first
    node.destroyForcibly();
    List<String> err = demo.errorReader().lines().toList();

    assertThat(demo.waitFor()).isEqualTo(1);
    assertThat(err.getLast()).startsWith("tenfold: the demo failed: the node ended with status ");
    assertThatNothingIsLeft();
    assertThatNoFileIsLeft();
  }

  @Test
  void aDemoThatIsToldToEndLeavesNothing() throws Exception {
    Process demo = demo();
    awaitProgress(demo, "looking for its maximum");

    demo.destroy();

    assertThat(demo.waitFor()).isEqualTo(143);
    assertThatNothingIsLeft();
    assertThatNoFileIsLeft();
  }

  @Test
  void aDemoThatIsKilledLeavesNoProcess() throws Exception {
    Process demo = demo();
    awaitProgress(demo, "looking for its maximum");

    demo.destroyForcibly();

    assertThatNothingIsLeft();
  }
}
