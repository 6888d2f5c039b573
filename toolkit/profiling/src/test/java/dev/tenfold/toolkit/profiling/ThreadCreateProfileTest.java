package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadCreateProfileTest {
  private static final String STARTER = ".ThreadCreateProfileTest.startThreads";

  @Test
  void whoStartsThreadsLeadsAndTheirNumberIsThatOfAll() throws Exception {
    try (Profiling profiling = Profilings.open(true)) {
      PprofReader first = Profilings.read(profiling, "threadcreate", "");
      assertThat(first.types).containsExactly("threadcreate/count");
      assertThat(first.comments).containsExactly("the recording began with this request");
      assertThat(first.flat("threadcreate", "(started before the recording)")).isPositive();
      assertThat(first.total("threadcreate"))
          .isEqualTo(first.flat("threadcreate", "(started before the recording)"));

      startThreads(200);
      PprofReader later = Profilings.read(profiling, "threadcreate", "");
      assertThat(later.cumulative("threadcreate", STARTER)).isEqualTo(200);
      assertThat(later.total("threadcreate"))
          .isGreaterThanOrEqualTo(first.total("threadcreate") + 200);
      assertThat(Profilings.text(profiling, "threadcreate", "debug=1"))
          .startsWith("threadcreate profile: total ")
          .contains("\n200 @\n");
    }
  }

  @Test
  void aDifferenceHasOnlyThoseStartedMeanwhile() throws Exception {
    try (Profiling profiling = Profilings.open(true)) {
      startThreads(10);
      var difference = profiling.respond(Profiling.PATH + "threadcreate", "seconds=1");
      Profilings.awaitThread("tenfold-profiling-difference", Thread.State.TIMED_WAITING);
      startThreads(50);
      PprofReader meanwhile = PprofReader.read(difference.get().body());
      assertThat(meanwhile.leadingStack("threadcreate"))
          .anyMatch(function -> function.endsWith(STARTER));
      assertThat(meanwhile.cumulative("threadcreate", STARTER)).isEqualTo(50);
      assertThat(meanwhile.flat("threadcreate", "(started before the recording)")).isZero();
    }
  }

  private static void startThreads(int count) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().start(() -> {}));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
