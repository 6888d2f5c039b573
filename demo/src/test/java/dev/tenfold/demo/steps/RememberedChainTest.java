package dev.tenfold.demo.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedChainTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> asked = new ArrayList<>();
  private final Format format = new TreeFormat();
  private final RememberedChain chain =
      new RememberedChain(
          (lookup, subject, as) -> {
            asked.add(lookup.method() + " " + subject);
            return new Facts.Balance("0x" + asked.size());
          },
          nanos::get);

  @Test
  void aBlockIsAskedForOnceAndABalanceOnceASecond() throws IOException {
    for (Lookup lookup : List.of(Lookup.BLOCK, Lookup.BALANCE)) {
      chain.ask(lookup, "0x1", format);
      nanos.addAndGet(Duration.ofMillis(999).toNanos());
      chain.ask(lookup, "0x1", format);
      nanos.addAndGet(Duration.ofMillis(1).toNanos());
      chain.ask(lookup, "0x1", format);
    }

    assertThat(asked).containsExactly("app_block 0x1", "app_balance 0x1", "app_balance 0x1");
  }

  @Test
  void anotherSubjectAndAnotherLookupAreOtherQuestions() throws IOException {
    Facts first = chain.ask(Lookup.BLOCK, "0x1", format);

    assertThat(chain.ask(Lookup.BLOCK, "0x2", format)).isNotEqualTo(first);
    assertThat(chain.ask(Lookup.RECEIPTS, "0x1", format)).isNotEqualTo(first);
    assertThat(chain.ask(Lookup.BLOCK, "0x1", format)).isEqualTo(first);
  }
}
