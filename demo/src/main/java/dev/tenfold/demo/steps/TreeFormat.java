package dev.tenfold.demo.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** JSON as on a first day: a mapper of its own for each request, and trees. */
final class TreeFormat implements Format {
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public Question question(byte[] json) throws IOException {
    JsonNode request;
    try {
      request = mapper.readTree(json);
    } catch (JsonProcessingException e) {
      throw new BadQuestionException("this is not JSON", e);
    }
    JsonNode params = request.path("params");
    if (!request.path("id").canConvertToLong() || params.size() != 2) {
      throw new BadQuestionException("a question has an id, a user and a subject");
    }
    return new Question(
        request.path("id").asLong(),
        Lookup.of(request.path("method").asText()),
        params.path(0).asText(),
        params.path(1).asText());
  }

  @Override
  public byte[] call(Lookup lookup, String subject) throws IOException {
    ObjectNode call = mapper.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
    call.put("method", lookup.nodeMethod());
    call.set("params", mapper.valueToTree(lookup.nodeParams(subject)));
    return mapper.writeValueAsBytes(call);
  }

  @Override
  public Facts facts(Lookup lookup, byte[] json) throws IOException {
    JsonNode result = mapper.readTree(json).path("result");
    if (result.isMissingNode() || result.isNull()) {
      throw new IOException("the node does not know it");
    }
    return switch (lookup) {
      case BLOCK -> block(result);
      case RECEIPTS -> receipts(result);
      case BALANCE -> new Facts.Balance(result.asText());
    };
  }

  private static Facts block(JsonNode block) {
    return new Facts.Block(
        Facts.quantity(block.path("number").asText()),
        block.path("hash").asText(),
        Facts.quantity(block.path("timestamp").asText()),
        Facts.quantity(block.path("gasUsed").asText()),
        block.path("transactions").size());
  }

  private static Facts receipts(JsonNode receipts) {
    int failed = 0;
    int logs = 0;
    long gasUsed = 0;
    for (JsonNode receipt : receipts) {
      failed += receipt.path("status").asText().equals("0x1") ? 0 : 1;
      logs += receipt.path("logs").size();
      gasUsed += Facts.quantity(receipt.path("gasUsed").asText());
    }
    return new Facts.Receipts(receipts.size(), failed, logs, gasUsed);
  }

  @Override
  public byte[] answer(Question question, User user, Facts facts) throws IOException {
    ObjectNode answer = mapper.createObjectNode().put("jsonrpc", "2.0").put("id", question.id());
    ObjectNode result = answer.putObject("result");
    result
        .putObject("user")
        .put("id", user.id())
        .put("name", user.name())
        .put("email", user.email())
        .put("createdAt", user.createdAt());
    ObjectNode found = result.putObject("facts");
    switch (facts) {
      case Facts.Block block ->
          found
              .put("number", block.number())
              .put("hash", block.hash())
              .put("time", block.time())
              .put("gasUsed", block.gasUsed())
              .put("transactions", block.transactions());
      case Facts.Receipts receipts ->
          found
              .put("count", receipts.count())
              .put("failed", receipts.failed())
              .put("logs", receipts.logs())
              .put("gasUsed", receipts.gasUsed());
      case Facts.Balance balance -> found.put("wei", balance.wei());
    }
    return mapper.writeValueAsBytes(answer);
  }
}
