package dev.tenfold.toolkit.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of docs/toolkit/workers.md. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WorkersExampleTest {

  private final Queue<String> sent = new ConcurrentLinkedQueue<>();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Queue<Job> later = new ConcurrentLinkedQueue<>();

  private void send(String mail) {
    sent.add(mail);
  }

  private void answer(String text) {
    answers.add(text);
  }

  @Test
  void mailsAreSentByAPoolThatRefusesWhatItHasNoRoomFor() {
    // @start region=example
    WorkerPool pool =
        WorkerPool.builder()
            .name("mail")
            .workers(4)
            .queueCapacity(100)
            .onFailure((worker, job, cause) -> later.add(job))
            .start();

    if (pool.trySubmit(() -> send("welcome"))) {
      answer("202 accepted");
    } else {
      answer("503 job queue full");
    }

    List<Job> notRun = pool.stop(Duration.ofSeconds(10));
    later.addAll(notRun);
    // @end region=example

    assertThat(sent).containsExactly("welcome");
    assertThat(answers).containsExactly("202 accepted");
    assertThat(later).isEmpty();
  }
}
