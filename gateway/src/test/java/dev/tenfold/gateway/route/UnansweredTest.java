package dev.tenfold.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.upstream.LogPace;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("reads what all log")
class UnansweredTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Router.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Unanswered unanswered = new Unanswered(List.of(), nanos::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
  }

  @Test
  void eachKindIsSaidOnceInTenSecondsWithTheNumberOfTheOthers() {
    for (int i = 0; i < 100; i++) {
      unanswered.by(Failure.NO_NODE);
    }
    unanswered.by(Failure.CALL_TIMEOUT);
    nanos.addAndGet(LogPace.QUIET.toNanos());
    unanswered.by(Failure.NO_NODE);

    assertThat(lines.list)
        .extracting(line -> line.getLevel() + line.getFormattedMessage())
        .containsExactly(
            "WARN: NO_NODE: no node could answer",
            "WARN: CALL_TIMEOUT: no node answered in time",
            "WARN: NO_NODE: no node could answer, and 99 times more since this was last said");
  }
}
