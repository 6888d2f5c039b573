package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.access.Presented;
import dev.tenfold.gateway.access.PresentedKey;
import dev.tenfold.gateway.access.Verdict;
import dev.tenfold.gateway.rpc.Account;
import dev.tenfold.gateway.rpc.Account.RateLimit;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers hits before the HTTP stack sees them: a {@link PlainRequest} all of whose calls are known
 * gets the very bytes that the ordinary way would have written. Of anything else nothing is taken,
 * begun or counted, and it goes the ordinary way.
 *
 * <p>One for each event loop; not thread-safe. A hit allocates its {@link Call} and {@link
 * RpcRequest}; the buffer of the reply is pooled.
 */
final class FastPath implements Presented {
  /** What is larger comes in several pieces, or is counted by {@link Holding}. */
  private static final int MOST_BYTES = Holding.FREE_BYTES;

  /** A batch of hits may have this much. */
  private static final int MOST_REPLY_BYTES = 64 << 10;

  private static final byte[] STATUS = ascii("HTTP/1.1 200 OK\r\n");
  private static final byte[] POLICY = ascii(Replies.RATE_LIMIT_POLICY + ": ");
  private static final byte[] LIMIT =
      ascii("\r\n" + Replies.RATE_LIMIT + ": " + RateLimit.NAME + ";r=");
  private static final byte[] RESET = ascii(";t=");
  private static final byte[] HEAD_END = ascii("\r\n\r\n");
  private static final int LENGTH_DIGITS = 10;
  private static final int LIMIT_BYTES = 128;
  private static final int LINE_END = '\r' << 8 | '\n';
  private static final int OK = 200;

  private final EdgeLoop loop;
  private final PlainRequest request;
  private final Caller caller = new Caller();
  private final byte[] bytes = new byte[MOST_BYTES];
  private final byte[] head;
  private final Entrance entrance;
  private @Nullable FastPathHandler visitor;
  private @Nullable PresentedKey key;
  private long answeredNanos;
  private @Nullable Holding held;

  FastPath(EdgeLoop loop, PlainRequest request, Entrance entrance, Cors cors) {
    this.loop = loop;
    this.entrance = entrance;
    this.request = request;
    this.head =
        ascii(
            "Cache-Status: "
                + CacheStatus.HIT.header()
                + (cors.varies() ? "\r\nvary: origin" : "")
                + "\r\ncontent-type: application/json\r\ncontent-length: ");
  }

  /**
   * Answers the request at the beginning of what has arrived, and takes it out.
   *
   * @return the whole reply, to be written to the socket; null if nothing was taken
   */
  @Nullable ByteBuf answer(ByteBuf in, ByteBufAllocator buffers, FastPathHandler from) {
    int readable = Math.min(in.readableBytes(), MOST_BYTES);
    in.getBytes(in.readerIndex(), bytes, 0, readable);
    if (!request.read(bytes, 0, readable)) {
      return null;
    }
    if (!admit(from)) {
      return null;
    }
    ByteBuf reply = answer(request.chain(), buffers);
    if (reply != null) {
      in.skipBytes(request.bodyTo());
    }
    return reply;
  }

  /** What must be looked up or refused, or comes by a proxy that is believed, is not for here. */
  private boolean admit(FastPathHandler from) {
    visitor = from;
    if (request.isForwarded() && entrance.trustedProxies().has(from.address())) {
      return false;
    }
    boolean hasKey = request.keyFrom() < request.keyTo();
    key = hasKey ? from.key(bytes, request.keyFrom(), request.keyTo()) : null;
    if (!(entrance.admission().known(this) instanceof Verdict.Admitted in)) {
      return false;
    }
    caller.on(in.account());
    return true;
  }

  @Override
  public @Nullable PresentedKey key() {
    return key;
  }

  @Override
  public String chain() {
    return request.chain().name();
  }

  /** A request with one is no plain one. */
  @Override
  public @Nullable String origin() {
    return null;
  }

  @Override
  public InetAddress address() {
    return Objects.requireNonNull(visitor).address();
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
    Account account = caller.account();
    if (account != null && !take(account, calls)) {
      return null;
    }
    count(chain, calls, account);
    return reply(calls, shape, size, buffers, account);
  }

  /** All of them or none: which of them are over a limit is found out on the ordinary way. */
  private boolean take(Account account, Call[] calls) {
    int units = 0;
    for (Call call : calls) {
      RpcRequest asked = call.request();
      units += asked == null ? 0 : account.units(asked.method());
    }
    boolean taken = account.takeHits(calls.length, units);
    if (!taken && held != null) {
      held.release();
    }
    return taken;
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

  private void count(ChainEntry chain, Call[] calls, @Nullable Account account) {
    chain.watch().touched();
    long nowNanos = loop.nowNanos();
    for (Call call : calls) {
      RpcRequest asked = call.request();
      if (asked != null) {
        loop.meter().hit(asked, nowNanos - call.startedNanos());
      }
      call.ended(call.reply(), nowNanos);
      if (account != null && asked != null && call.reply() instanceof RpcReply.Result result) {
        account.hit(chain.name(), asked.method(), result.json().length);
      }
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

  private ByteBuf reply(
      Call[] calls, Body shape, int size, ByteBufAllocator buffers, @Nullable Account account) {
    RateLimit limit = account == null ? null : account.rateLimit();
    int headBytes = STATUS.length + head.length + LENGTH_DIGITS + HEAD_END.length;
    ByteBuf out = buffers.directBuffer(headBytes + (limit == null ? 0 : LIMIT_BYTES) + size);
    out.writeBytes(STATUS);
    if (limit != null) {
      put(out, limit);
    }
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

  /** As {@link Replies#limits} does it, without a text for each reply. */
  private static void put(ByteBuf out, RateLimit limit) {
    out.writeBytes(POLICY);
    ByteBufUtil.writeAscii(out, limit.policy());
    out.writeBytes(LIMIT);
    putNumber(out, (int) limit.remaining());
    out.writeBytes(RESET);
    putNumber(out, (int) limit.resetSeconds());
    out.writeShort(LINE_END);
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
