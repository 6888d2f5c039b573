package dev.tenfold.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.ShutdownEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A connection of HTTP/2, at the end of its pipeline. Its streams are watched one by one; without
 * any it is closed after the idle time, whatever else the client sends on it.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Connections.Watched {
  private final Channel channel;
  private final Http2FrameCodec codec;
  private final LongSupplier nanoClock;
  private final Set<Http2Stream> streams = new HashSet<>();
  private long lastUsedNanos;

  Http2Connection(Channel channel, Http2FrameCodec codec, LongSupplier nanoClock) {
    this.channel = channel;
    this.codec = codec;
    this.nanoClock = nanoClock;
    lastUsedNanos = nanoClock.getAsLong();
  }

  void opened(Http2Stream stream) {
    streams.add(stream);
    stream.channel().closeFuture().addListener(closed -> closed(stream));
  }

  private void closed(Http2Stream stream) {
    streams.remove(stream);
    lastUsedNanos = nanoClock.getAsLong();
  }

  @Override
  public void check(long nowNanos, EdgeLimits limits) {
    if (!streams.isEmpty()) {
      List.copyOf(streams).forEach(stream -> stream.check(nowNanos, limits));
    } else if (nowNanos - lastUsedNanos > limits.idleNanos()) {
      var _ = channel.close();
    }
  }

  /** Frames that concern no stream: they have done their work by now. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    ReferenceCountUtil.release(frame);
  }

  /** On a stop, says which stream was the last, and closes when those that are open have ended. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ShutdownEvent stop) {
      codec.gracefulShutdownTimeoutMillis(stop.timeUnit().toMillis(stop.timeout()));
      var _ = channel.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
      var _ = channel.close(); // the socket broke; a fault of the client's is answered by the codec
    }
  }
}
