package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node of which only such answers get through as fit the question. */
record CheckedSource(HeadSource node) implements HeadSource {
  /** No chain gets there; sums with such numbers do not overflow. */
  private static final long LARGEST = Long.MAX_VALUE / 4;

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public int weight() {
    return node.weight();
  }

  @Override
  public Future<Said> newest() {
    return said(node::newest, block -> true);
  }

  @Override
  public Future<Said> at(long number) {
    return said(() -> node.at(number), block -> block.number() == number);
  }

  @Override
  public Future<Said> with(BlockHash hash) {
    return said(() -> node.with(hash), block -> block.hash().equals(hash));
  }

  @Override
  public Future<Said> tagged(Tag tag) {
    return said(() -> node.tagged(tag), block -> true);
  }

  /** Here the blocks also belong together. */
  @Override
  public Future<List<BlockHeader>> range(long from, long to) {
    return asked(() -> node.range(from, to), List.<BlockHeader>of())
        .map(blocks -> fits(blocks, from, to) ? blocks : List.of());
  }

  @Override
  public void stands(Standing standing) {
    node.stands(standing);
  }

  private static Future<Said> said(Supplier<Future<Said>> question, Predicate<BlockHeader> fits) {
    return asked(question, Said.NOTHING)
        .map(
            said ->
                said.block().stream().allMatch(block -> isSound(block) && fits.test(block))
                    ? said
                    : Said.NOTHING);
  }

  private static <T> Future<T> asked(Supplier<Future<T>> question, T nothing) {
    Future<@Nullable T> answer;
    try {
      answer = question.get().map(said -> said);
    } catch (RuntimeException e) {
      return Future.succeededFuture(nothing);
    }
    return answer.otherwiseEmpty().map(said -> said == null ? nothing : said);
  }

  private static boolean isSound(BlockHeader block) {
    return block.number() >= 0 && block.number() < LARGEST && !block.hash().equals(block.parent());
  }

  private static boolean fits(List<BlockHeader> blocks, long from, long to) {
    if (blocks.size() != to - from + 1) {
      return false;
    }
    for (int i = 0; i < blocks.size(); i++) {
      BlockHeader block = blocks.get(i);
      boolean linked = i == 0 || block.isChildOf(blocks.get(i - 1));
      if (block.number() != from + i || !isSound(block) || !linked) {
        return false;
      }
    }
    return true;
  }
}
