package dev.tenfold.bench;

import dev.tenfold.toolkit.jsonrpc.CanonicalWriter;
import dev.tenfold.toolkit.jsonrpc.ReplyScanner;
import dev.tenfold.toolkit.jsonrpc.RequestScanner;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Scanning of requests and replies, and the canonical form of parameters. JMH derives from it. */
@State(Scope.Thread)
public class ScanMicro {
  private static final int MAX_DEPTH = 64;
  private static final int BATCH = 20;

  private final RequestScanner requests = new RequestScanner(MAX_DEPTH, BATCH);
  private final ReplyScanner replies = new ReplyScanner(MAX_DEPTH);
  private final CanonicalWriter writer = new CanonicalWriter();
  private final byte[] single = KnownChain.body(4711);
  private final byte[] batch = ascii(Blocks.batch(BATCH));
  private final byte[] reply =
      ascii(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":"
              + new String(KnownChain.block(4711), StandardCharsets.US_ASCII)
              + "}");
  private final byte[] blockParams = ascii("[\"0x1267\",false]");
  private final byte[] callParams =
      ascii(
          "[{\"to\":\"0x"
              + "Aa".repeat(20)
              + "\",\"data\":\"0x70a08231"
              + "00".repeat(12)
              + "Bb".repeat(20)
              + "\"},\"0x1267\"]");

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The request for a block, 73 bytes. */
  @Benchmark
  public RequestScanner.Body scanOfARequest() {
    return requests.scan(single, 0, single.length);
  }

  /** A batch of 20 such requests. */
  @Benchmark
  public RequestScanner.Body scanOfABatchOf20() {
    return requests.scan(batch, 0, batch.length);
  }

  /** A reply with a block of 1.6 KB. */
  @Benchmark
  public ReplyScanner.Reply scanOfAReply() {
    return replies.scan(reply, 0, reply.length);
  }

  /** The key of a block, with its hash. */
  @Benchmark
  public int keyOfABlock() {
    return key(blockParams);
  }

  /** The key of a call of a contract, with its hash. */
  @Benchmark
  public int keyOfAContractCall() {
    return key(callParams);
  }

  private int key(byte[] params) {
    writer.reset();
    return writer.write(params, 0, params.length) ? writer.hash() : 0;
  }
}
