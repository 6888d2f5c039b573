package dev.tenfold.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads requests as the HTTP stack does, refuses those that two readers could cut differently (RFC
 * 9112, section 6.3), and keeps the time since the first byte of what has not arrived whole.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
  static final long NOTHING_UNDER_WAY = Long.MIN_VALUE;

  private final LongSupplier nanoClock;
  private long firstByteNanos = NOTHING_UNDER_WAY;
  private long lastByteNanos;

  StrictRequestDecoder(HttpServerOptions options, LongSupplier nanoClock) {
    super(options);
    this.nanoClock = nanoClock;
    lastByteNanos = nanoClock.getAsLong();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
    lastByteNanos = nanoClock.getAsLong();
    if (firstByteNanos == NOTHING_UNDER_WAY) {
      firstByteNanos = lastByteNanos;
    }
    super.channelRead(ctx, msg);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    int before = out.size();
    super.decode(ctx, in, out);
    if (out.size() > before && out.getLast() instanceof LastHttpContent) {
      firstByteNanos = in.isReadable() ? lastByteNanos : NOTHING_UNDER_WAY;
    }
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }

  /** When the request that is arriving began to, or {@link #NOTHING_UNDER_WAY}. */
  long firstByteNanos() {
    return firstByteNanos;
  }

  /** When the client last sent anything. */
  long lastByteNanos() {
    return lastByteNanos;
  }
}
