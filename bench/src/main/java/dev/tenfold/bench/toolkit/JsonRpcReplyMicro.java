package dev.tenfold.bench.toolkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenfold.toolkit.jsonrpc.ReplyScanner;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The result is found in a reply of 1.6 KB, all of which is checked. JMH derives from it. */
@State(Scope.Thread)
public class JsonRpcReplyMicro {
  private static final int MAX_DEPTH = 64;

  private final ReplyScanner scanner = new ReplyScanner(MAX_DEPTH);
  private final JsonFactory factory = new JsonFactory();
  private final ObjectMapper mapper = new ObjectMapper();
  private final byte[] reply = JsonRpcMessages.reply();

  /** JMH makes one. */
  public JsonRpcReplyMicro() {}

  /** Sees that all find the same. */
  @Setup
  public void open() throws IOException {
    long found = jacksonTree();
    if (tenfold() != found || jacksonStreaming() != found) {
      throw new IllegalStateException("not the same was found");
    }
  }

  /** {@code ReplyScanner}: the span. */
  @Benchmark
  public long tenfold() {
    if (scanner.scan(reply, 0, reply.length) != ReplyScanner.Reply.RESULT) {
      throw new IllegalStateException("no result");
    }
    return (long) scanner.resultTo() - scanner.resultFrom();
  }

  /** Jackson's parser: the places of tokens. It leaves text that nobody asks for unchecked. */
  @Benchmark
  public long jacksonStreaming() throws IOException {
    try (JsonParser parser = factory.createParser(reply)) {
      parser.nextToken();
      long length = 0;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean result = parser.currentName().equals("result");
        parser.nextToken();
        long from = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        length = result ? parser.currentLocation().getByteOffset() - from : length;
      }
      return length;
    }
  }

  /** Jackson's tree, and the result printed again. */
  @Benchmark
  public long jacksonTree() throws IOException {
    return mapper.writeValueAsBytes(mapper.readTree(reply).get("result")).length;
  }
}
