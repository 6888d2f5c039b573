package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class NameTableTest {

  private static String get(NameTable table, String name) {
    byte[] bytes = name.getBytes(UTF_8);
    return table.get(bytes, 0, bytes.length);
  }

  private static String twice(NameTable table, String name) {
    get(table, name);
    return get(table, name);
  }

  @Test
  void aNameIsTheSameObjectFromTheSecondTimeOn() {
    NameTable table = new NameTable(16, 64);
    for (String name :
        List.of("", "a", "1234567", "12345678", "123456789", "a".repeat(64), "é😀")) {
      String known = twice(table, name);

      assertThat(known).isEqualTo(name);
      assertThat(get(table, name)).isSameAs(known);
    }
  }

  @Test
  void aSpanInTheMiddleIsTheSameNameAsOneAtTheEnd() {
    NameTable table = new NameTable(16, 64);
    String known = twice(table, "blockHash");

    assertThat(table.get("{\"blockHash\":1}".getBytes(UTF_8), 2, 11)).isSameAs(known);
    assertThat(table.get("xx blockHash".getBytes(UTF_8), 3, 12)).isSameAs(known);
    assertThat(table.get("blockHashes of all".getBytes(UTF_8), 0, 9)).isSameAs(known);
    assertThat(table.get("blockHashes of all".getBytes(UTF_8), 0, 10)).isEqualTo("blockHashe");
  }

  @Property(tries = 2_000)
  void whatItAnswersIsWhatAStringOfTheBytesWouldBe(
      @ForAll @Size(max = 40) List<byte[]> names, @ForAll Random random) {
    NameTable table = new NameTable(4, 20);
    for (int i = 0; i < 3 * names.size(); i++) {
      byte[] name = names.get(random.nextInt(names.size()));
      int from = random.nextInt(name.length + 1);
      int to = from + random.nextInt(name.length - from + 1);

      assertThat(table.get(name, from, to)).isEqualTo(new String(name, from, to - from, UTF_8));
    }
  }

  @Test
  void namesWhoseHashesAreEqualAreStillComparedInFull() {
    byte[] bytes = "blockHash".getBytes(UTF_8);
    long head = Words.word(bytes, 0, 8);
    var name = new NameTable.Name(7, head, bytes, "blockHash");

    assertThat(name.is(7, head, bytes, 0, 9)).isTrue();
    assertThat(name.is(7, head + 1, bytes, 0, 9)).as("in the first eight bytes").isFalse();
    assertThat(name.is(7, head, "blockHast".getBytes(UTF_8), 0, 9)).as("behind them").isFalse();
    assertThat(name.is(7, head, bytes, 0, 8)).as("in length").isFalse();
  }

  @Test
  void hostileNamesCannotGrowIt() {
    NameTable table = new NameTable(1_000, 64);
    assertThat(table.capacity()).isEqualTo(1_024);
    for (int i = 0; i < 200_000; i++) {
      twice(table, "name" + i);
      twice(table, "a name of more than sixty-four bytes, which are more than it takes in" + i);
    }

    assertThat(table.size()).isLessThanOrEqualTo(1_024).isGreaterThan(900);
  }

  @Test
  void namesThatComeOncePushOutNothing() {
    NameTable table = new NameTable(64, 64);
    String known = twice(table, "method");
    for (int i = 0; i < 10_000; i++) {
      get(table, "0x" + Integer.toHexString(i));
    }

    assertThat(get(table, "method")).isSameAs(known);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void namesThatWerePushedOutComeBack() {
    NameTable table = new NameTable(2, 64);
    for (int i = 0; i < 1_000; i++) {
      twice(table, "hostile" + i);
    }

    String known = twice(table, "method");
    assertThat(get(table, "method")).isSameAs(known);
  }

  @Test
  void asManyNamesAsItHasPairsMostlyFindRoom() {
    NameTable table = new NameTable(256, 64);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 64; i++) {
        twice(table, "member" + i);
      }
    }

    assertThat(table.size()).isGreaterThan(48);
  }

  @Test
  void twoNamesAlwaysFindRoomBesideEachOther() {
    // With two places both names are of one pair, whichever of the two is the first of each.
    for (int i = 0; i < 50; i++) {
      NameTable table = new NameTable(2, 64);
      String one = twice(table, "one" + i);
      String other = twice(table, "other" + i);

      assertThat(get(table, "one" + i)).isSameAs(one);
      assertThat(get(table, "other" + i)).isSameAs(other);
    }
  }

  @Test
  void manyThreadsGetTheRightNames() throws InterruptedException, ExecutionException {
    NameTable table = new NameTable(64, 64);
    int threads = 64;
    CountDownLatch start = new CountDownLatch(threads);
    List<Future<Integer>> results = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < threads; t++) {
        Random random = new Random(t);
        results.add(
            executor.submit(
                () -> {
                  start.countDown();
                  start.await();
                  int wrong = 0;
                  for (int i = 0; i < 2_000; i++) {
                    String name = "member" + random.nextInt(200);
                    wrong += get(table, name).equals(name) ? 0 : 1;
                  }
                  return wrong;
                }));
      }
    }
    for (Future<Integer> result : results) {
      assertThat(result.get()).isZero();
    }
    assertThat(table.size()).isBetween(32, 64);
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NameTable(1, 64))
        .withMessage("capacity must be from 2 to 1048576, was 1");
    assertThatIllegalArgumentException().isThrownBy(() -> new NameTable((1 << 20) + 1, 64));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NameTable(2, 1_025))
        .withMessage("maxLength must be from 1 to 1024, was 1025");
    assertThatIllegalArgumentException().isThrownBy(() -> new NameTable(2, 0));
    NameTable table = new NameTable(2, 64);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> table.get(new byte[3], 1, 4));
  }
}
