package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Answers hits before the HTTP stack sees them: a {@link PlainRequest} all of whose calls are known
 * gets the very bytes that the ordinary way would have written. Of anything else nothing is taken,
 * begun or counted, and it goes the ordinary way.
 *
 * <p>One for each event loop; not thread-safe. A hit allocates its {@link Call} and {@link
 * RpcRequest}; the buffer of the reply is pooled.
 */
final class FastPath {
  /** What is larger comes in several pieces, or is counted by {@link Holding}. */
  private static final int MOST_BYTES = Holding.FREE_BYTES;

  /** A batch of hits may have this much. */
  private static final int MOST_REPLY_BYTES = 64 << 10;

  private static final byte[] HEAD_END = ascii("\r\n\r\n");
  private static final int LENGTH_DIGITS = 10;
  private static final int OK = 200;

  private final EdgeLoop loop;
  private final PlainRequest request;
  private final Caller caller = new Caller();
  private final byte[] bytes = new byte[MOST_BYTES];
  private final byte[] head;
  private long answeredNanos;
  private @Nullable Holding held;

  FastPath(EdgeLoop loop, PlainRequest request, Cors cors) {
    this.loop = loop;
    this.request = request;
    this.head =
        ascii(
            "HTTP/1.1 200 OK\r\nCache-Status: "
                + CacheStatus.HIT.header()
                + (cors.varies() ? "\r\nvary: origin" : "")
                + "\r\ncontent-type: application/json\r\ncontent-length: ");
  }

  /**
   * Answers the request at the beginning of what has arrived, and takes it out.
   *
   * @return the whole reply, to be written to the socket; null if nothing was taken
   */
  @Nullable ByteBuf answer(ByteBuf in, ByteBufAllocator buffers) {
    int readable = Math.min(in.readableBytes(), MOST_BYTES);
    in.getBytes(in.readerIndex(), bytes, 0, readable);
    if (!request.read(bytes, 0, readable)) {
      return null;
    }
    ByteBuf reply = answer(request.chain(), buffers);
    if (reply != null) {
      in.skipBytes(request.bodyTo());
    }
    return reply;
  }

  private @Nullable ByteBuf answer(ChainEntry chain, ByteBufAllocator buffers) {
    long startedNanos = loop.nowNanos();
    Body shape =
        chain.watch().awake(startedNanos)
            ? loop.scanner().scan(bytes, request.bodyFrom(), request.bodyTo())
            : Body.NOT_A_CALL;
    if (shape != Body.SINGLE && shape != Body.BATCH) {
      return null;
    }
    Call[] calls =
        loop.reader()
            .read(bytes, chain.snapshot().get(), caller, startedNanos + loop.limits().callNanos());
    if (!areKnown(chain, calls, startedNanos)) {
      return null;
    }
    int size = shape == Body.SINGLE ? ReplyBytes.size(calls[0]) : ReplyBytes.size(calls);
    if (size > MOST_REPLY_BYTES || (size >= Gzip.SHORTEST && request.mayTakeGzip())) {
      return null;
    }
    held = size > Holding.FREE_BYTES ? new Holding(loop.inFlight()) : null;
    if (held != null && !held.hold(size)) {
      return null;
    }
    count(chain, calls);
    return reply(calls, shape, size, buffers);
  }

  private boolean areKnown(ChainEntry chain, Call[] calls, long startedNanos) {
    for (Call call : calls) {
      RpcRequest asked = call.request();
      RpcReply reply = asked == null || call.isNotification() ? null : chain.handler().known(asked);
      if (!(reply instanceof RpcReply.Result result) || !result.cacheStatus().isHit()) {
        return false;
      }
      call.started(startedNanos);
      call.begun(result);
    }
    return true;
  }

  private void count(ChainEntry chain, Call[] calls) {
    chain.watch().touched();
    long nowNanos = loop.nowNanos();
    for (Call call : calls) {
      RpcRequest asked = call.request();
      if (asked != null) {
        loop.meter().hit(asked, nowNanos - call.startedNanos());
      }
      call.ended(call.reply(), nowNanos);
    }
    answeredNanos = nowNanos;
    loop.log(chain, calls, OK);
  }

  /** What the last answer holds until it is on the socket; null if that need not be counted. */
  @Nullable Holding held() {
    return held;
  }

  /** When it last answered. */
  long answeredNanos() {
    return answeredNanos;
  }

  private ByteBuf reply(Call[] calls, Body shape, int size, ByteBufAllocator buffers) {
    ByteBuf out = buffers.directBuffer(head.length + LENGTH_DIGITS + HEAD_END.length + size);
    out.writeBytes(head);
    putNumber(out, size);
    out.writeBytes(HEAD_END);
    if (shape == Body.SINGLE) {
      ReplyBytes.write(out, calls[0]);
    } else {
      ReplyBytes.write(out, calls);
    }
    return out;
  }

  private static void putNumber(ByteBuf out, int number) {
    int power = 1;
    while (number / power >= 10) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      out.writeByte('0' + number / power % 10);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
