package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** A pool that was made without a Vert.x. */
@Timeout(30)
@Isolated("counts the event loops of this JVM")
class OwnEventLoopsTest {
  private static List<Thread> eventLoops(Set<Thread> others) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
        .filter(thread -> !others.contains(thread))
        .collect(Collectors.toList());
  }

  @Test
  void theEventLoopsDoNotKeepTheJvmAliveAndEndWithThePool() throws Exception {
    Set<Thread> others = Set.copyOf(eventLoops(Set.of()));
    try (RawServer server = RawServer.answering(PoolTest.OK)) {
      ClientPool pool = ClientPool.create(ClientPoolOptions.builder().clients(1).build());
      assertThat(PoolTest.text(pool.exchange(PoolTest.post(server)))).isEqualTo("ok");
      List<Thread> own = eventLoops(others);
      assertThat(own).hasSize(1).allMatch(Thread::isDaemon);
      pool.close();
      pool.shutdown().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      while (own.getFirst().isAlive()) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(server.open()).isZero();
    }
  }
}
