package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.UsageBook.Used;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Methods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UsageBookTest {
  private static final Method CALL = Methods.named("eth_call");
  private static final Method LOGS = Methods.named("eth_getLogs");

  private final MethodCosts costs = new MethodCosts(Map.of("anvil_*", 7));
  private final UsageBook book = new UsageBook();

  @Test
  void whatWasUsedIsToldOnce() {
    hit("a", "main", CALL, 100);
    hit("a", "main", CALL, 50);

    assertThat(book.collect())
        .containsExactly(new Used("a", "main", "eth_call", new UsageSums(2, 2, 0, 40, 150, 40, 0)));
    assertThat(book.collect()).isEmpty();
    hit("a", "main", CALL, 1);
    assertThat(book.collect())
        .containsExactly(new Used("a", "main", "eth_call", new UsageSums(1, 1, 0, 20, 1, 20, 0)));
  }

  @Test
  void keysChainsAndMethodsAreCountedApart() {
    hit("a", "main", CALL, 1);
    hit("a", "main", LOGS, 1);
    hit("a", "other", CALL, 1);
    hit("b", "main", CALL, 1);

    assertThat(book.collect())
        .extracting(used -> used.keyId() + " " + used.chain() + " " + used.method())
        .containsExactlyInAnyOrder(
            "a main eth_call", "a main eth_getLogs", "a other eth_call", "b main eth_call");
  }

  @Test
  void aHitSavesAsLongAsTheOthersTookOnAverage() {
    UsageCell cell = book.of("a").cell("main", CALL);
    cell.hit(1, 20);
    cell.passed(1, 20, 1_000_000);
    cell.passed(1, 20, 3_000_000);
    cell.hit(1, 20);
    cell.hit(1, 20);

    assertThat(book.collect().getFirst().sums())
        .isEqualTo(new UsageSums(5, 3, 0, 100, 5, 60, 4_000));
  }

  @Test
  void aRefusedCallIsACallAndAnErrorThatCostsNothing() {
    book.of("a").cell("main", CALL).refused();

    assertThat(book.collect().getFirst().sums()).isEqualTo(new UsageSums(1, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void whateverMethodsCallersNameTheBookDoesNotGrow() {
    for (int i = 0; i < 10_000; i++) {
      hit("a", "main", Methods.named("hostile_" + i), 1);
      hit("a", "main", Methods.named("debug_" + i), 1);
    }
    hit("a", "main", Methods.named("other"), 1);

    assertThat(book.collect()).extracting(Used::method).containsExactly("other");
  }

  @Test
  void whatHasNoRowCostsInTheBookWhatItCostTheCaller() {
    hit("a", "main", Methods.named("debug_unheardOf"), 1);
    hit("a", "main", Methods.named("anvil_unheardOf"), 1);
    hit("a", "main", Methods.named("unheardOf"), 1);

    UsageSums sums = book.collect().getFirst().sums();
    assertThat(sums.units()).isEqualTo(200 + 7 + 10);
    assertThat(sums.savedUnits()).isEqualTo(200 + 7 + 10);
  }

  @Test
  void everyMethodOfTheTableHasARowOfItsOwn() {
    Methods.all().forEach(method -> hit("a", "main", method, 1));

    assertThat(book.collect()).hasSameSizeAs(Methods.all());
  }

  @Test
  void nothingIsLostOrCountedTwiceWhileOthersCount() throws Exception {
    int threads = 3;
    int each = 200_000;
    Map<String, UsageSums> sums = new HashMap<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String key = "key" + i % 2;
        running.add(writers.submit((Callable<Integer>) () -> count(key, each)));
      }
      while (!running.stream().allMatch(Future::isDone)) {
        add(book.collect(), sums);
      }
      for (Future<Integer> writer : running) {
        assertThat(writer.get(1, TimeUnit.SECONDS)).isEqualTo(each);
      }
      add(book.collect(), sums);
    }
    assertThat(sums.get("key0")).isEqualTo(sums(2L * each));
    assertThat(sums.get("key1")).isEqualTo(sums(each));
  }

  private int count(String key, int times) {
    for (int i = 0; i < times; i++) {
      switch (i % 4) {
        case 0 -> hit(key, "main", CALL, 10);
        case 1 -> hit(key, "main", LOGS, 10);
        case 2 -> book.of(key).cell("main", CALL).passed(10, 20, 0);
        default -> book.of(key).cell("main", Methods.named("new" + i)).refused();
      }
    }
    return times;
  }

  private static UsageSums sums(long calls) {
    return new UsageSums(
        calls, calls / 2, calls / 4, calls / 4 * 100, calls / 4 * 30, calls / 4 * 80, 0);
  }

  private static void add(List<Used> collected, Map<String, UsageSums> sums) {
    for (Used used : collected) {
      UsageSums now = sums.getOrDefault(used.keyId(), UsageSums.NONE);
      sums.put(used.keyId(), now.minus(UsageSums.NONE.minus(used.sums())));
    }
  }

  private void hit(String key, String chain, Method method, long bytes) {
    book.of(key).cell(chain, method).hit(bytes, costs.of(method));
  }
}
