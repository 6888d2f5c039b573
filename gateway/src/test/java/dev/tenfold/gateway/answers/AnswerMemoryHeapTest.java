package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.Blocks;
import dev.tenfold.gateway.evm.LogsBloom;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** Holds what the memory says of its bytes against what the heap shows. */
@Isolated("measures the heap")
class AnswerMemoryHeapTest {
  private static final int ENTRIES = 5_000;
  private static final Method METHOD = Methods.named("eth_getBalance");

  @BeforeAll
  static void letJolReadRecords() {
    System.setProperty("jol.magicFieldOffset", "true");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 200, 1_600, 20_000})
  void bytesAreWithin10PercentOfTheHeap(int answerBytes) {
    AnswerMemory memory = new AnswerMemory(1L << 30, 1 << 20);
    for (int i = 0; i < ENTRIES; i++) {
      assertThat(memory.keep(key(i), answer(answerBytes), Placement.FINAL)).isTrue();
    }
    assertThat(memory.stats().size()).isEqualTo(ENTRIES);
    assertThat(memory.stats().bytes())
        .isCloseTo(GraphLayout.parseInstance(memory).totalSize(), Percentage.withPercentage(10));
  }

  @Test
  void blocksThatTheWindowHasForgottenAreNotHeldByTheirAnswers() {
    AnswerMemory memory = new AnswerMemory(1L << 30, 1 << 20);
    int answerBytes = 20;
    byte[] json = ("\"0x" + "ff".repeat(256) + '"').getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < ENTRIES; i++) {
      BlockHeader block = Blocks.at(i, 1, LogsBloom.parse(json, 0, json.length));
      assertThat(memory.keep(key(i), answer(answerBytes), new Placement(block, false))).isTrue();
    }
    assertThat(memory.stats().bytes())
        .isCloseTo(GraphLayout.parseInstance(memory).totalSize(), Percentage.withPercentage(10));
  }

  @Test
  void aMemoryOfNothingKeepsNothing() {
    AnswerMemory memory = new AnswerMemory(0, 1 << 20);

    assertThat(memory.keep(key(1), answer(0), Placement.FINAL)).isFalse();
    assertThat(memory.find(key(1))).isNull();
  }

  private static CacheKey key(int number) {
    String params = "[\"0x%040x\",\"0x%x\"]".formatted(number, number);
    byte[] bytes = params.getBytes(StandardCharsets.US_ASCII);
    return new CacheKey("main", 0, METHOD, -1, bytes, Arrays.hashCode(bytes));
  }

  private static RpcReply answer(int bytes) {
    return new RpcReply.Result(new byte[bytes], CacheStatus.miss(MissReason.COLD), 1);
  }
}
