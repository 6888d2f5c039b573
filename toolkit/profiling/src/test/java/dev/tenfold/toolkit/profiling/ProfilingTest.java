package dev.tenfold.toolkit.profiling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProfilingTest {
  private final Profiling profiling = Profiling.open();

  @AfterEach
  void close() {
    profiling.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile   | seconds=0             | 'seconds is ''0''; it must be a whole number from 1 to"
            + " 300'",
        "profile   | seconds=301           | from 1 to 300",
        "profile   | seconds=              | from 1 to 300",
        "profile   | seconds=ten           | 'seconds is ''ten'''",
        "profile   | seconds=-1            | from 1 to 300",
        "profile   | seconds=1.5           | from 1 to 300",
        "profile   | seconds=99999999999   | from 1 to 300",
        "profile   | seconds=1&seconds=2   | seconds is there twice",
        "profile   | second=1              | 'no parameter second here; known: [debug, format,"
            + " seconds]'",
        "profile   | format=svg            | format is 'svg'; it must be pprof or flamegraph",
        "profile   | seconds=%zz           | cannot be decoded",
        "profile   | debug=1               | it must be 0",
        "wall      | debug=1               | it must be 0",
        "wall      | seconds=301           | from 1 to 300",
        "mutex     | debug=2               | or 1 for a text",
        "block     | seconds=0             | from 1 to 300",
        "trace     | seconds=301           | from 1 to 300",
        "trace     | format=flamegraph     | no parameter format here; known: [seconds]",
        "cmdline   | debug=1               | no parameter debug here",
        "threadcreate | debug=2            | or 1 for a text",
        "heap      | seconds=0             | from 1 to 300",
        "heap      | seconds=1&debug=1     | seconds and debug do not go together",
        "heap      | format=pprof&debug=1  | format and debug do not go together",
        "heap      | debug=2               | it must be 0 for go tool pprof, or 1 for a text",
        "heap      | gc=0                  | the heap is always collected first",
        "allocs    | gc=1                  | no parameter gc here",
        "goroutine | gc=1                  | no parameter gc here",
        "heap      | format=               | it must be pprof or flamegraph",
        "goroutine | debug=3               | or 2 for a dump of all threads",
        "goroutine | format=Flamegraph     | it must be pprof or flamegraph",
      })
  void whatBreaksARuleIsRefusedWithTheRule(String profile, String query, String rule)
      throws Exception {
    ProfilingResponse response = Profilings.get(profiling, profile, query);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers()).containsEntry("X-Go-Pprof", "1");
    assertThat(new String(response.body(), UTF_8)).contains(rule.replace("''", "'"));
  }

  @Test
  void theIndexLeadsToWhatIsThere() throws Exception {
    ProfilingResponse index = Profilings.get(profiling, "", "");
    assertThat(index.status()).isEqualTo(200);
    assertThat(new String(index.body(), UTF_8))
        .contains(
            "href=\"profile\"",
            "href=\"wall\"",
            "href=\"heap\"",
            "href=\"allocs\"",
            "href=\"goroutine\"",
            "href=\"mutex\"",
            "href=\"block\"",
            "href=\"threadcreate\"",
            "href=\"trace?seconds=5\"",
            "href=\"cmdline\"");
    ProfilingResponse without = profiling.respond("/debug/pprof", null).get();
    assertThat(without.status()).isEqualTo(301);
    assertThat(without.headers()).containsEntry("Location", "/debug/pprof/");
  }

  @Test
  void thereAreNoSymbolsToLookUp() throws Exception {
    assertThat(Profilings.text(profiling, "symbol", "0x1234")).isEqualTo("num_symbols: 0\n");
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertThat(Profilings.get(profiling, "nothing", "").status()).isEqualTo(404);
    assertThat(profiling.respond("/elsewhere", null).get().status()).isEqualTo(404);
    assertThat(profiling.respond("heap", null).get().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "profile,seconds=1&",
    "heap,''",
    "allocs,''",
    "goroutine,''",
    "mutex,''",
    "block,''",
    "threadcreate,''",
    "heap,seconds=1&"
  })
  void aFlameGraphIsOnePageThatAsksNobody(String profile, String more) throws Exception {
    ProfilingResponse page = Profilings.get(profiling, profile, more + "format=flamegraph");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers()).containsEntry("Content-Type", "text/html; charset=utf-8");
    assertThat(page.headers().get("Content-Security-Policy")).startsWith("default-src 'none'");
    String html = new String(page.body(), UTF_8);
    assertThat(html).contains("[\"all\",").doesNotContain("\"GRAPH\"", "http://", "https://");
  }

  @Test
  void differencesHaveTheirNumberAndClosingEndsThem() throws Exception {
    List<CompletableFuture<ProfilingResponse>> differences = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      differences.add(profiling.respond(Profiling.PATH + "goroutine", "seconds=300"));
    }
    ProfilingResponse fifth = Profilings.get(profiling, "heap", "seconds=10");
    assertThat(fifth.status()).isEqualTo(429);
    assertThat(Integer.parseInt(fifth.headers().get("Retry-After"))).isBetween(290, 301);

    differences.removeFirst().cancel(true);
    assertThat(Profilings.untilNotBusy(profiling, "goroutine", "seconds=1").status())
        .isEqualTo(200);
    profiling.close();
    for (CompletableFuture<ProfilingResponse> difference : differences) {
      assertThat(difference.get().status()).isEqualTo(503);
    }
  }

  @Test
  void closingLeavesNoThreadAndNoFile() throws Exception {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Profiling other = Profilings.open(true);
    assertThat(Profilings.get(profiling, "heap", "").status()).isEqualTo(200);
    assertThat(Profilings.get(other, "goroutine", "").status()).isEqualTo(200);
    assertThat(Profilings.get(other, "profile", "seconds=1").status()).isEqualTo(200);
    Set<Path> made = folders(temporary);
    other.close();
    profiling.close();
    made.removeAll(folders(temporary));
    assertThat(made).hasSizeGreaterThanOrEqualTo(2);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("tenfold-profiling"));
  }

  @Test
  void whatItIsOpenedWithHasItsBounds() {
    Profiling.Builder builder = Profiling.builder();
    assertThatThrownBy(() -> builder.heapSampleBytes(1000)).hasMessageContaining("1000");
    assertThatThrownBy(() -> builder.heapSampleBytes(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.waitThreshold(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> builder.waitThreshold(Duration.ofSeconds(11)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<Path> folders(Path temporary) throws Exception {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("tenfold-profiling-"))
          .collect(Collectors.toSet());
    }
  }
}
