package dev.tenfold.gateway.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads one stream of HTTP/2 as a request of HTTP/1.1 and writes the reply back, so that one path
 * serves both; keeps the time since the first frame of what has not arrived whole.
 */
final class StreamCodec extends Http2StreamFrameToHttpObjectCodec {
  private final LongSupplier nanoClock;
  private long firstByteNanos;
  private long lastByteNanos;
  private boolean head;

  StreamCodec(LongSupplier nanoClock) {
    super(true);
    this.nanoClock = nanoClock;
    firstByteNanos = nanoClock.getAsLong();
    lastByteNanos = firstByteNanos;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, Http2StreamFrame frame, List<Object> out)
      throws Exception {
    lastByteNanos = nanoClock.getAsLong();
    super.decode(ctx, frame, out);
    Object decoded = out.getLast();
    if (decoded instanceof HttpRequest request) {
      head = request.method().equals(HttpMethod.HEAD);
    }
    if (decoded instanceof LastHttpContent) {
      firstByteNanos = ClientConnection.NOTHING_UNDER_WAY;
    }
    if (decoded instanceof FullHttpRequest full) {
      takeApart(full, out);
    }
  }

  /** The reader wants to be told of the head and of the end, each by itself. */
  private static void takeApart(FullHttpRequest full, List<Object> out) {
    out.set(
        out.size() - 1,
        new DefaultHttpRequest(full.protocolVersion(), full.method(), full.uri(), full.headers()));
    out.add(LastHttpContent.EMPTY_LAST_CONTENT);
    full.release();
  }

  @Override
  protected void encode(ChannelHandlerContext ctx, HttpObject object, List<Object> out)
      throws Exception {
    super.encode(ctx, head ? withoutBody(object) : object, out);
  }

  private static HttpObject withoutBody(HttpObject object) {
    return object instanceof FullHttpResponse full
        ? new DefaultFullHttpResponse(
            full.protocolVersion(),
            full.status(),
            Unpooled.EMPTY_BUFFER,
            full.headers(),
            full.trailingHeaders())
        : object;
  }

  /** Resets the stream if what came is no request; of other faults the connection takes care. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      var _ = ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
    }
  }

  /** When the request began to arrive, or {@link ClientConnection#NOTHING_UNDER_WAY}. */
  long firstByteNanos() {
    return firstByteNanos;
  }

  /** When a frame of the request last came. */
  long lastByteNanos() {
    return lastByteNanos;
  }
}
