package dev.tenfold.demo.steps;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.tenfold.toolkit.json.Json;
import dev.tenfold.toolkit.json.JsonException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON by the toolkit: one reader and writer for all requests, and records. Thread-safe. */
final class RecordFormat implements Format {
  private final Json json = Json.create();

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Request(
      @Nullable Long id, @Nullable String method, @Nullable List<String> params) {}

  private record Call(String jsonrpc, int id, String method, List<Object> params) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record NodeAnswer<T>(@Nullable T result) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record NodeBlock(
      String number, String hash, String timestamp, String gasUsed, List<String> transactions) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record NodeReceipt(String status, String gasUsed, List<NodeLog> logs) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record NodeLog() {}

  private record Answer(String jsonrpc, long id, Result result) {}

  private record Result(User user, Facts facts) {}

  @Override
  public Question question(byte[] bytes) throws IOException {
    Request request;
    try {
      request = json.fromBytes(bytes, Request.class);
    } catch (JsonException e) {
      throw new BadQuestionException("this is no question", e);
    }
    Long id = request.id;
    String method = request.method;
    List<String> params = request.params;
    if (id == null || method == null || params == null || params.size() != 2) {
      throw new BadQuestionException("a question has an id, a user and a subject");
    }
    return new Question(id, Lookup.of(method), params.get(0), params.get(1));
  }

  @Override
  public byte[] call(Lookup lookup, String subject) {
    return json.toBytes(new Call("2.0", 1, lookup.nodeMethod(), lookup.nodeParams(subject)));
  }

  @Override
  public Facts facts(Lookup lookup, byte[] bytes) throws IOException {
    try {
      return switch (lookup) {
        case BLOCK -> block(result(bytes, new TypeReference<NodeAnswer<NodeBlock>>() {}));
        case RECEIPTS ->
            receipts(result(bytes, new TypeReference<NodeAnswer<List<NodeReceipt>>>() {}));
        case BALANCE ->
            new Facts.Balance(result(bytes, new TypeReference<NodeAnswer<String>>() {}));
      };
    } catch (JsonException e) {
      throw new IOException("the node says something else", e);
    }
  }

  private <T> T result(byte[] bytes, TypeReference<NodeAnswer<T>> type) throws IOException {
    T result = json.fromBytes(bytes, type).result;
    if (result == null) {
      throw new IOException("the node does not know it");
    }
    return result;
  }

  private static Facts block(NodeBlock block) {
    return new Facts.Block(
        Facts.quantity(block.number),
        block.hash,
        Facts.quantity(block.timestamp),
        Facts.quantity(block.gasUsed),
        block.transactions.size());
  }

  private static Facts receipts(List<NodeReceipt> receipts) {
    int failed = 0;
    int logs = 0;
    long gasUsed = 0;
    for (NodeReceipt receipt : receipts) {
      failed += receipt.status.equals("0x1") ? 0 : 1;
      logs += receipt.logs.size();
      gasUsed += Facts.quantity(receipt.gasUsed);
    }
    return new Facts.Receipts(receipts.size(), failed, logs, gasUsed);
  }

  @Override
  public byte[] answer(Question question, User user, Facts facts) {
    return json.toBytes(new Answer("2.0", question.id(), new Result(user, facts)));
  }
}
