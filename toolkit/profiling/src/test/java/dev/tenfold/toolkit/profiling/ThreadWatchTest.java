package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ThreadWatchTest {
  private static final long MILLI = 1_000_000;

  private final Queue<Long> times = new ArrayDeque<>();
  private final Set<Long> stoodFor = new HashSet<>();
  @TempDir Path folder;

  @Test
  void eachThreadStandsForTheTimeSinceTheLastLook() throws Exception {
    ThreadWatch watch = new ThreadWatch(thread -> true, times::remove);
    look(watch, 500, 501);
    assertThat(stoodFor).containsExactly(0L);
    look(watch, 740, 741);
    assertThat(stoodFor).containsExactly(240 * MILLI);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void pausesAreFiftyTimesAsLongAsLooks() throws Exception {
    ThreadWatch watch = new ThreadWatch(thread -> true, times::remove);
    look(watch, 0, 1);
    assertThat(watch.pause()).isEqualTo(Duration.ofMillis(100));
    look(watch, 200, 240);
    assertThat(watch.pause()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whereNoThreadIsOfInterestThePauseIsASecondAtLeast() throws Exception {
    ThreadWatch watch = new ThreadWatch(thread -> false, times::remove);
    look(watch, 0, 1);
    assertThat(stoodFor).isEmpty();
    assertThat(watch.pause()).isEqualTo(Duration.ofSeconds(1));
  }

  /** Looks, from one time to another in milliseconds. */
  private void look(ThreadWatch watch, long from, long until) throws Exception {
    times.addAll(List.of(from * MILLI, until * MILLI));
    stoodFor.clear();
    watch.look(folder.resolve("threads.txt"), (thread, nanos) -> stoodFor.add(nanos));
  }
}
