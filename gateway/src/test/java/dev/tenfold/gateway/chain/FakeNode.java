package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node that has the chain which a test gives it. Counts what it is asked. */
final class FakeNode implements HeadSource {
  private final String name;
  private final Deque<List<BlockHeader>> inTurn = new ArrayDeque<>();
  final List<String> questions = new ArrayList<>();

  List<BlockHeader> chain;
  int weight = 1;
  int finalDistance = 32;
  boolean down;
  boolean takesBatches = true;
  boolean knowsTags = true;
  Standing standing = Standing.NONE;

  /** While set, questions for the newest block wait for it. */
  @Nullable Promise<Said> slow;

  FakeNode(String name, List<BlockHeader> chain) {
    this.name = name;
    this.chain = chain;
  }

  /** Becomes an address of several nodes, which answer in turn. */
  FakeNode fleet(List<List<BlockHeader>> members) {
    inTurn.clear();
    inTurn.addAll(members);
    return this;
  }

  void grow(int blocks) {
    chain = Blocks.grow(chain, 0, blocks);
  }

  long count(String kind) {
    return questions.stream().filter(question -> question.startsWith(kind)).count();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public Future<Said> newest() {
    questions.add("newest");
    Promise<Said> waiting = slow;
    return waiting != null ? waiting.future() : said(() -> Said.of(view().getLast()));
  }

  @Override
  public Future<Said> at(long number) {
    questions.add("at " + number);
    return said(
        () -> {
          List<BlockHeader> view = view();
          return number < view.size() ? Said.of(view.get((int) number)) : Said.NONE;
        });
  }

  @Override
  public Future<Said> with(BlockHash hash) {
    questions.add("with " + hash);
    return said(
        () ->
            view().stream()
                .filter(block -> block.hash().equals(hash))
                .findFirst()
                .map(Said::of)
                .orElse(Said.NONE));
  }

  @Override
  public Future<Said> tagged(Tag tag) {
    questions.add("tagged " + tag);
    int distance = tag == Tag.SAFE ? finalDistance / 2 : finalDistance;
    return said(
        () -> {
          List<BlockHeader> view = view();
          return knowsTags ? Said.of(view.get(Math.max(0, view.size() - 1 - distance))) : Said.NONE;
        });
  }

  @Override
  public Future<List<BlockHeader>> range(long from, long to) {
    questions.add("range " + from + " " + to);
    List<BlockHeader> view = view();
    boolean has = !down && takesBatches && from >= 0 && to < view.size();
    return Future.succeededFuture(
        has ? List.copyOf(view.subList((int) from, (int) to + 1)) : List.of());
  }

  @Override
  public void stands(Standing now) {
    standing = now;
  }

  private List<BlockHeader> view() {
    if (inTurn.isEmpty()) {
      return chain;
    }
    List<BlockHeader> member = inTurn.removeFirst();
    inTurn.addLast(member);
    return member;
  }

  private Future<Said> said(Supplier<Said> answer) {
    return Future.succeededFuture(down ? Said.NOTHING : answer.get());
  }
}
