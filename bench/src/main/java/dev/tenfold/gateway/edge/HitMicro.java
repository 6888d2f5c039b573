package dev.tenfold.gateway.edge;

import dev.tenfold.bench.KnownChain;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.jsonrpc.RequestScanner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The body of a reply, and all of a hit between the bytes that came and those that go. It is in
 * this package since what it measures is not public. JMH derives from it.
 */
@State(Scope.Thread)
public class HitMicro {
  private static final int MAX_DEPTH = 64;

  private final KnownChain chain = new KnownChain();
  private final byte[] body = KnownChain.body(4711);
  private final RequestScanner scanner = new RequestScanner(MAX_DEPTH, 1);
  private final CallReader reader = new CallReader(scanner);
  private final Caller caller = new Caller();
  private final ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(1 << 14);
  private final Call answered = read();

  @TearDown
  public void close() {
    out.release();
    chain.close();
  }

  private Call read() {
    scanner.scan(body, 0, body.length);
    Call call = reader.read(body, chain.snapshot(), caller, Long.MAX_VALUE)[0];
    RpcRequest request = Objects.requireNonNull(call.request());
    RpcReply known = Objects.requireNonNull(chain.stages().known(request));
    call.begun(known);
    return call;
  }

  /** The caller's id and a block of 1.6 KB, written into a buffer. */
  @Benchmark
  public ByteBuf spliceOfABlock() {
    ReplyBytes.write(out.clear(), answered);
    return out;
  }

  /** Scan, call, look-up and reply of one final block: all of a hit but the HTTP and the socket. */
  @Benchmark
  public ByteBuf hitWithoutHttp() {
    ReplyBytes.write(out.clear(), read());
    return out;
  }
}
