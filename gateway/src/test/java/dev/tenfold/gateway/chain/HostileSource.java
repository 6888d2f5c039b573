package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import io.vertx.core.Future;
import java.util.List;

/** A node of which single answers can be spoilt. */
class HostileSource implements HeadSource {
  private final HeadSource node;

  HostileSource(HeadSource node) {
    this.node = node;
  }

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
    return node.newest();
  }

  @Override
  public Future<Said> at(long number) {
    return node.at(number);
  }

  @Override
  public Future<Said> with(BlockHash hash) {
    return node.with(hash);
  }

  @Override
  public Future<Said> tagged(Tag tag) {
    return node.tagged(tag);
  }

  @Override
  public Future<List<BlockHeader>> range(long from, long to) {
    return node.range(from, to);
  }

  @Override
  public void stands(Standing standing) {
    node.stands(standing);
  }
}
