package dev.tenfold.toolkit.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    // tag::example
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
    // end::example

    assertThat(sent).containsExactly("welcome");
    assertThat(answers).containsExactly("202 accepted");
    assertThat(later).isEmpty();
  }

  @Test
  void theLinesOnThePageAreThoseThatRunHere() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/dev/tenfold/toolkit/workers/WorkersExampleTest.java"));
    int from = source.indexOf("// tag::example\n") + "// tag::example\n".length();
    String example = source.substring(from, source.indexOf("// end::example")).stripIndent();
    assertThat(Files.readString(Path.of("../../docs/toolkit/workers.md")))
        .contains("```java\n" + example + "```\n");
  }
}
