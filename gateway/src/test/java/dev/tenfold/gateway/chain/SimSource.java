package dev.tenfold.gateway.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.simnode.SimNode;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A simulated node without a socket between. */
final class SimSource implements HeadSource {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimNode node;
  long questions;
  Standing standing = Standing.NONE;

  SimSource(SimNode node) {
    this.node = node;
  }

  @Override
  public String name() {
    return "main#1";
  }

  @Override
  public int weight() {
    return 1;
  }

  @Override
  public Future<Said> newest() {
    return Future.succeededFuture(block(call("eth_getBlockByNumber", "latest")));
  }

  @Override
  public Future<Said> at(long number) {
    return Future.succeededFuture(
        block(call("eth_getBlockByNumber", "0x" + Long.toHexString(number))));
  }

  @Override
  public Future<Said> with(BlockHash hash) {
    return Future.succeededFuture(block(call("eth_getBlockByHash", hash.toString())));
  }

  @Override
  public Future<Said> tagged(Tag tag) {
    return Future.succeededFuture(
        block(call("eth_getBlockByNumber", tag.name().toLowerCase(Locale.ROOT))));
  }

  @Override
  public Future<List<BlockHeader>> range(long from, long to) {
    List<String> calls = new ArrayList<>();
    for (long number = from; number <= to; number++) {
      calls.add(question("eth_getBlockByNumber", "0x" + Long.toHexString(number)));
    }
    List<BlockHeader> blocks = new ArrayList<>();
    for (JsonNode answer : ask("[" + String.join(",", calls) + "]")) {
      block(answer).block().ifPresent(blocks::add);
    }
    return Future.succeededFuture(blocks.size() == to - from + 1 ? blocks : List.of());
  }

  @Override
  public void stands(Standing now) {
    standing = now;
  }

  private JsonNode call(String method, String block) {
    return ask(question(method, block));
  }

  private static String question(String method, String block) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[\"%s\",false]}"
        .formatted(method, block);
  }

  private JsonNode ask(String body) {
    questions++;
    try {
      return JSON.readTree(node.answer(body.getBytes(StandardCharsets.UTF_8)));
    } catch (UncheckedIOException e) {
      return JSON.createObjectNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Said block(JsonNode answer) {
    if (!answer.has("result")) {
      return answer.has("error") ? Said.NONE : Said.NOTHING;
    }
    BlockHeader header =
        BlockHeader.parse(answer.path("result").toString().getBytes(StandardCharsets.UTF_8));
    return header == null ? Said.NONE : Said.of(header);
  }
}
