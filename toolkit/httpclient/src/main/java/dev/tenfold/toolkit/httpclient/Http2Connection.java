package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/2 (RFC 9113), and the calls that are on it, a stream each. On its event loop
 * only.
 *
 * <p>It is there once the peer has sent its settings, which say how many calls it takes at a time.
 * It takes no more calls once the peer has said {@code GOAWAY}, and closes with the last of them.
 *
 * <p>A peer that is gone without a word would be noticed by nobody, so it has to answer a {@code
 * PING} in time: when a call is sent after a silence, and when the time of a call is over and
 * nothing else came meanwhile; then nobody has this connection until the answer is there.
 */
final class Http2Connection extends Connection {
  /** The name of the protocol (RFC 9113, section 3.1). */
  static final String PROTOCOL = "h2";

  /** So much of an answer is sent before any of it is read. */
  static final int STREAM_WINDOW_BYTES = 256 << 10;

  private static final int MAX_HEADER_BYTES = 64 << 10;
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Http2FrameCodec codec = codec();
  private final ChannelHandlerContext context;
  private final Http2StreamChannelBootstrap bootstrap;
  private final Map<Exchange, Http2Stream> streams = new HashMap<>();

  /** The call that this connection is opened for, until the peer has sent its settings. */
  private @Nullable Exchange openedFor;

  /** By then the peer has sent what we wait for: its settings, or the answer to a ping. */
  private @Nullable ScheduledFuture<?> deadline;

  private int peerMaxStreams = Integer.MAX_VALUE;
  private long heardNanos;
  private boolean doubted;
  private boolean leaving;
  private boolean closed;

  /** Takes the socket over, as {@link Http1Connection} does. */
  Http2Connection(ClientPool pool, Client client, Origin origin, NetSocketInternal socket) {
    super(pool, client, origin, 0);
    String vertxHandler = socket.channelHandlerContext().name();
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    // We tell the peer not to push, and the codec sees to it: nobody has need of this handler.
    ChannelHandler pushed = new ChannelInboundHandlerAdapter();
    pipeline.addBefore(vertxHandler, "frames", codec);
    pipeline.addBefore(vertxHandler, "streams", new Http2MultiplexHandler(pushed));
    pipeline.addBefore(vertxHandler, "connection", this);
    this.context = pipeline.context(this);
    this.bootstrap = new Http2StreamChannelBootstrap(context.channel());
    this.heardNanos = pool.nanoTime().getAsLong();
  }

  /** To be called once, at first: the client will be told that it is there, or that it is not. */
  void awaitSettings(Exchange exchange) {
    openedFor = exchange;
    if (isOpen()) {
      widen(pool().options().maxStreams());
      awaitPeer();
    } else {
      closed();
    }
  }

  private static Http2FrameCodec codec() {
    Http2Settings settings =
        Http2Settings.defaultSettings()
            .pushEnabled(false)
            .initialWindowSize(STREAM_WINDOW_BYTES)
            .maxHeaderListSize(MAX_HEADER_BYTES);
    return Http2FrameCodecBuilder.forClient()
        .initialSettings(settings)
        .gracefulShutdownTimeoutMillis(0) // When we close, all streams have ended or shall end.
        .build();
  }

  /**
   * As wide as all streams together, and as much again, since only every other half is announced:
   * streams that nobody reads must not stop the others.
   */
  private void widen(int streams) {
    int more = 2 * streams * STREAM_WINDOW_BYTES - Http2CodecUtil.DEFAULT_WINDOW_SIZE;
    Http2LocalFlowController windows = codec.connection().local().flowController();
    try {
      windows.incrementWindowSize(codec.connection().connectionStream(), more);
      context.flush();
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitPeer() {
    long millis = pool().options().connectTimeout().toMillis();
    deadline = context.executor().schedule(this::close, millis, TimeUnit.MILLISECONDS);
  }

  private void awaitNothing() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  @Override
  boolean isOpen() {
    return context.channel().isActive();
  }

  @Override
  long keepAliveNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  void send(Exchange exchange, boolean reused) {
    if (leaving || !isOpen()) {
      takeNoMore();
      pool().take(pool().ledger().release(this));
      pool().take(pool().ledger().again(exchange, false));
    } else if (exchange.isDone()) {
      pool().take(pool().ledger().release(this));
    } else {
      begin(exchange, reused);
    }
  }

  private void begin(Exchange exchange, boolean reused) {
    long now = pool().nanoTime().getAsLong();
    Http2Stream stream = new Http2Stream(this, exchange, reused, now);
    streams.put(exchange, stream);
    stream.open(bootstrap);
    if (now - heardNanos > SILENCE_NANOS) {
      ping();
    }
  }

  @Override
  void abandon(Exchange exchange, boolean late) {
    Http2Stream stream = streams.get(exchange);
    if (stream == null) {
      return;
    }
    stream.close();
    if (late && stream.sentNanos() - heardNanos >= 0 && !leaving) {
      doubted = true;
      pool().take(pool().ledger().limit(this, 0));
      ping();
    }
  }

  /** This stream has closed, for whatever reason. */
  void ended(Http2Stream stream) {
    streams.remove(stream.exchange(), stream);
    pool().take(pool().ledger().release(this));
    closeIfDone();
  }

  private void ping() {
    if (deadline == null) {
      awaitPeer();
      var _ = context.writeAndFlush(new DefaultHttp2PingFrame(0));
    }
  }

  private void answeredPing() {
    awaitNothing();
    if (doubted) {
      doubted = false;
      limit();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      switch (message) {
        case Http2SettingsFrame frame -> settle(frame.settings());
        case Http2PingFrame frame when frame.ack() -> answeredPing();
        case Http2GoAwayFrame _ -> leave();
        default -> {} // What does not concern us, such as that the peer has taken our settings.
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    heardNanos = pool().nanoTime().getAsLong();
    ctx.fireChannelReadComplete();
  }

  private void settle(Http2Settings settings) {
    Long streamsAtATime = settings.maxConcurrentStreams();
    if (streamsAtATime != null) {
      peerMaxStreams = (int) Math.min(streamsAtATime, Integer.MAX_VALUE);
    }
    Exchange exchange = openedFor;
    if (peerMaxStreams == 0) {
      leave();
    } else if (exchange == null) {
      limit();
    } else {
      openedFor = null;
      awaitNothing();
      maxCalls = maxStreams();
      client().opened(this, exchange);
    }
  }

  private int maxStreams() {
    return Math.min(pool().options().maxStreams(), peerMaxStreams);
  }

  private void limit() {
    if (!leaving && !doubted) {
      pool().take(pool().ledger().limit(this, maxStreams()));
    }
  }

  /** The ledger must not give it another call: that would come back here again and again. */
  private void takeNoMore() {
    if (!leaving) {
      leaving = true;
      if (openedFor == null) {
        pool().take(pool().ledger().limit(this, 0));
      }
    }
  }

  private void leave() {
    takeNoMore();
    closeIfDone();
  }

  private void closeIfDone() {
    if (leaving && streams.isEmpty()) {
      close();
    }
  }

  @Override
  void close() {
    takeNoMore();
    var _ = context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    takeNoMore(); // Before the streams that end leave room for others.
    List.copyOf(streams.values()).forEach(stream -> stream.broken(cause));
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed();
    ctx.fireChannelInactive();
  }

  /** The streams are told by the codec, after this. */
  @Override
  void closed() {
    if (closed) {
      return;
    }
    closed = true;
    leaving = true;
    awaitNothing();
    Exchange exchange = openedFor;
    if (exchange == null) {
      pool().take(pool().ledger().closed(this));
    } else {
      openedFor = null;
      client().failed(exchange, Kind.CONNECT);
    }
  }
}
