package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WallProfileTest {
  private static final long SECOND = 1_000_000_000;

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threadsThatWaitLeadAndVirtualOnesAreThere(boolean jdkOnly) throws Exception {
    for (int i = 0; i < 30; i++) {
      threads.add(Thread.ofPlatform().name("planted").start(this::waitOnAPlatform));
    }
    for (int i = 0; i < 20; i++) {
      threads.add(Thread.ofVirtual().start(this::waitVirtually));
    }
    Profilings.awaitParked(threads);
    try (Profiling profiling = Profilings.open(jdkOnly)) {
      PprofReader wall = Profilings.read(profiling, "wall", "seconds=1");
      assertThat(wall.types).containsExactly("samples/count", "wall/nanoseconds");
      assertThat(wall.defaultType).isEqualTo("wall");
      assertThat(wall.periodType).isEqualTo("wall/nanoseconds");
      assertThat(wall.durationNanos).isGreaterThan(900_000_000);
      assertThat(wall.leadingStack("wall"))
          .anyMatch(function -> function.endsWith(".WallProfileTest.waitOnAPlatform"));
      assertThat(wall.cumulative("wall", ".WallProfileTest.waitOnAPlatform"))
          .isCloseTo(30 * SECOND, within(15 * SECOND));
      assertThat(wall.cumulative("wall", ".WallProfileTest.waitVirtually"))
          .isCloseTo(20 * SECOND, within(10 * SECOND));
      assertThat(wall.rows).anyMatch(row -> "virtual".equals(row.labels().get("thread")));
    } finally {
      end.countDown();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void onlyOneOfCpuAndWallIsTakenAtATimeAndLeavingEndsIt() throws Exception {
    try (Profiling profiling = Profiling.open()) {
      var wall = profiling.respond(Profiling.PATH + "wall", "seconds=300");
      assertThat(Profilings.get(profiling, "profile", "seconds=1").status()).isEqualTo(429);
      assertThat(Profilings.get(profiling, "wall", "seconds=1").status()).isEqualTo(429);
      wall.cancel(true);
      assertThat(Profilings.untilNotBusy(profiling, "profile", "seconds=1").status())
          .isEqualTo(200);
    }
  }

  private void waitVirtually() {
    await();
  }

  private void waitOnAPlatform() {
    await();
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
