package dev.tenfold.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads requests as the HTTP stack does, refuses those that two readers could cut differently (RFC
 * 9112, section 6.3), and keeps the time since the first byte of what has not arrived whole.
 *
 * <p>A client that begins with the preface of HTTP/2 (RFC 9113, section 3.4) is handed to whoever
 * speaks that; nothing of what it sent is lost.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final LongSupplier nanoClock;
  private final Consumer<StrictRequestDecoder> becomesHttp2;
  private boolean begun;
  private long firstByteNanos = ClientConnection.NOTHING_UNDER_WAY;
  private long lastByteNanos;
  private long requests;

  /**
   * Makes a decoder for one connection.
   *
   * @param becomesHttp2 told at most once, at the first bytes; it is to take this decoder out of
   *     the pipeline, and else what the client sends is dropped
   */
  StrictRequestDecoder(
      HttpServerOptions options,
      LongSupplier nanoClock,
      Consumer<StrictRequestDecoder> becomesHttp2) {
    super(options);
    this.nanoClock = nanoClock;
    this.becomesHttp2 = becomesHttp2;
    lastByteNanos = nanoClock.getAsLong();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
    lastByteNanos = nanoClock.getAsLong();
    if (firstByteNanos == ClientConnection.NOTHING_UNDER_WAY) {
      firstByteNanos = lastByteNanos;
    }
    super.channelRead(ctx, msg);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (!begun && isPreface(ctx, in)) {
      return;
    }
    int before = out.size();
    super.decode(ctx, in, out);
    if (out.size() > before && out.getLast() instanceof LastHttpContent) {
      firstByteNanos = in.isReadable() ? lastByteNanos : ClientConnection.NOTHING_UNDER_WAY;
      requests++;
    }
  }

  /** True if what has arrived is the preface of HTTP/2, or may still become it. */
  private boolean isPreface(ChannelHandlerContext ctx, ByteBuf in) {
    int length = Math.min(in.readableBytes(), PREFACE.length);
    for (int i = 0; i < length; i++) {
      if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
        begun = true;
        return false;
      }
    }
    if (length == PREFACE.length) {
      becomesHttp2.accept(this);
      if (!ctx.isRemoved()) {
        in.skipBytes(in.readableBytes());
      }
    }
    return true;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }

  /** A request was served past it: what comes now can't be the preface of HTTP/2. */
  void passed(long nowNanos) {
    begun = true;
    lastByteNanos = nowNanos;
  }

  /** How many requests have arrived whole. */
  long requests() {
    return requests;
  }

  /** When the request that is arriving began to, or {@link ClientConnection#NOTHING_UNDER_WAY}. */
  long firstByteNanos() {
    return firstByteNanos;
  }

  /** When the client last sent anything. */
  long lastByteNanos() {
    return lastByteNanos;
  }
}
