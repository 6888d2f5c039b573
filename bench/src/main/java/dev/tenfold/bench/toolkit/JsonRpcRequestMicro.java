package dev.tenfold.bench.toolkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenfold.toolkit.jsonrpc.RequestScanner;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Methods, identifiers and parameters are found in a request. JMH derives from it. */
@State(Scope.Thread)
public class JsonRpcRequestMicro {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_BATCH = 100;

  /** How many calls the request has; a batch from two on. */
  @Param({"1", "20"})
  public int calls;

  private final RequestScanner scanner = new RequestScanner(MAX_DEPTH, MAX_BATCH);
  private final JsonFactory factory = new JsonFactory();
  private final ObjectMapper mapper = new ObjectMapper();
  private byte[] request = {};

  /** JMH makes one. */
  public JsonRpcRequestMicro() {}

  /** Makes the request, and sees that all find the same. */
  @Setup
  public void open() throws IOException {
    request = JsonRpcMessages.calls(calls);
    long found = jacksonTree();
    if (tenfold() != found || jacksonStreaming() != found || found == 0) {
      throw new IllegalStateException("not the same was found");
    }
  }

  /** {@code RequestScanner}: spans. */
  @Benchmark
  public long tenfold() {
    if (scanner.scan(request, 0, request.length) == RequestScanner.Body.NOT_JSON) {
      throw new IllegalStateException("not JSON");
    }
    long lengths = 0;
    for (int i = 0; i < scanner.size(); i++) {
      lengths += (long) scanner.methodTo(i) - scanner.methodFrom(i);
      lengths += (long) scanner.idTo(i) - scanner.idFrom(i);
      lengths += (long) scanner.paramsTo(i) - scanner.paramsFrom(i);
    }
    return lengths;
  }

  /** Jackson's parser: the places of tokens. */
  @Benchmark
  public long jacksonStreaming() throws IOException {
    long lengths = 0;
    try (JsonParser parser = factory.createParser(request)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          lengths += call(parser);
        } else if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
      }
      if (depth != 0) {
        throw new IllegalStateException("not closed");
      }
    }
    return lengths;
  }

  private static long call(JsonParser parser) throws IOException {
    long lengths = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      long from = parser.currentTokenLocation().getByteOffset();
      if (name.equals("method")) {
        lengths += parser.getText().length();
      } else {
        parser.skipChildren();
        parser.finishToken();
        long to = parser.currentLocation().getByteOffset();
        lengths += name.equals("id") || name.equals("params") ? to - from : 0;
      }
    }
    return lengths;
  }

  /** Jackson's tree. */
  @Benchmark
  public long jacksonTree() throws IOException {
    JsonNode tree = mapper.readTree(request);
    if (tree.isObject()) {
      return call(tree);
    }
    long lengths = 0;
    for (JsonNode call : tree) {
      lengths += call(call);
    }
    return lengths;
  }

  private static long call(JsonNode call) {
    return (long) call.get("method").textValue().length()
        + call.get("id").asText().length()
        + call.get("params").toString().length();
  }
}
