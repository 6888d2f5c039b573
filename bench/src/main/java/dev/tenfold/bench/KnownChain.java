package dev.tenfold.bench;

import dev.tenfold.gateway.access.MethodPolicy;
import dev.tenfold.gateway.answers.AnswerMemory;
import dev.tenfold.gateway.answers.AnsweredChain;
import dev.tenfold.gateway.answers.Answers;
import dev.tenfold.gateway.answers.CacheMetrics;
import dev.tenfold.gateway.chain.ChainFacts;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.toolkit.jsonrpc.RequestScanner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The stages that a hit passes ({@link MethodPolicy}, {@link Answers}), put together as the gateway
 * does, with blocks that they keep; no sockets. For one thread.
 */
public final class KnownChain implements AutoCloseable {
  /** How many final blocks are kept, from block 0. */
  public static final int BLOCKS = 10_000;

  private static final int HEAD = 20_000;
  private static final long MEMORY_BYTES = 128 << 20;
  private static final long LARGEST_BYTES = 1 << 20;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Vertx vertx = Vertx.vertx();
  private final Snapshot snapshot = new Believed(header(HEAD));
  private final RpcHandler stages = build();

  /** A chain of which the newest block is known, and all older ones are final. */
  private record Believed(BlockHeader newest) implements Snapshot {
    @Override
    public long head() {
      return newest.number();
    }

    @Override
    public long finalized() {
      return newest.number() - 1;
    }

    @Override
    public @Nullable BlockHeader block(long number) {
      return number == newest.number() ? newest : null;
    }

    @Override
    public @Nullable BlockHeader block(BlockHash hash) {
      return hash.equals(newest.hash()) ? newest : null;
    }

    @Override
    public @Nullable BlockHeader finalizedBlock() {
      return null;
    }

    @Override
    public @Nullable BlockHeader safeBlock() {
      return null;
    }

    @Override
    public long generation() {
      return 0;
    }

    @Override
    public long epoch() {
      return 0;
    }
  }

  /** Asks for all blocks and for the newest one, and makes sure that they are kept. */
  public KnownChain() {
    for (int number = 0; number < BLOCKS; number++) {
      keep(body(number));
    }
    keep(latest());
  }

  private void keep(byte[] body) {
    RpcRequest request = request(body);
    stages.handle(request).await();
    if (stages.known(request) == null) {
      throw new IllegalStateException("not kept: " + new String(body, StandardCharsets.UTF_8));
    }
  }

  private RpcHandler build() {
    ChainFacts facts = new ChainFacts(1, "1", "Node/1", true, false);
    AnsweredChain chain =
        new AnsweredChain(
            "main", () -> facts, () -> snapshot, Future::succeededFuture, number -> {});
    AnswerMemory memory = new AnswerMemory(MEMORY_BYTES, LARGEST_BYTES);
    RpcHandler answers = new Answers(this::ask, chain, memory, CacheMetrics.NONE, vertx);
    return new MethodPolicy(answers, List.of(), List.of(), () -> false);
  }

  /** The node: the newest block by its hash, all others by number and final. */
  private Future<RpcReply> ask(RpcRequest request) {
    String params = request.paramsText();
    boolean latest = params.contains("latest");
    int number = latest ? HEAD : Integer.decode(params.substring(2, params.indexOf('"', 2)));
    CacheStatus status = CacheStatus.miss(MissReason.COLD);
    return Future.succeededFuture(new RpcReply.Result(block(number), status, HEAD - 1L, latest));
  }

  /** The first stage. */
  public RpcHandler stages() {
    return stages;
  }

  /** What is believed of the chain. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** The body of a call for a block. */
  public static byte[] body(int number) {
    return Blocks.call(number).getBytes(StandardCharsets.US_ASCII);
  }

  /** The body of a call for the newest block. */
  public static byte[] latest() {
    return Blocks.call(0).replace("0x0", "latest").getBytes(StandardCharsets.US_ASCII);
  }

  /** A call, as the edge makes it of a body. */
  public RpcRequest request(byte[] body) {
    RequestScanner scanner = new RequestScanner(64, 1);
    scanner.scan(body, 0, body.length);
    return new RpcRequest(
        Methods.named(scanner.method(0)),
        body,
        scanner.paramsFrom(0),
        scanner.paramsTo(0),
        snapshot,
        new Caller(),
        System.nanoTime() + PATIENCE_NANOS);
  }

  private static BlockHeader header(int number) {
    return Objects.requireNonNull(BlockHeader.parse(block(number)));
  }

  /** A block of 1.6 KB. */
  public static byte[] block(int number) {
    return String.format(
            Locale.ROOT,
            "{\"number\":\"0x%x\",\"hash\":\"0x%064x\",\"parentHash\":\"0x%064x\","
                + "\"logsBloom\":\"0x%s\",\"gasUsed\":\"0x5208\",\"transactions\":[\"0x%s\"],"
                + "\"uncles\":[]}",
            number,
            number + 1,
            number,
            "00".repeat(256),
            "ab".repeat(390))
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
