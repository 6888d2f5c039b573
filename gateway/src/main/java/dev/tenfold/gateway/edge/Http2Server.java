package dev.tenfold.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.vertx.core.Handler;
import io.vertx.core.ThreadingModel;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.VertxHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes a connection one of HTTP/2 (RFC 9113), over TLS or in clear text. Each stream is then
 * served as a connection of HTTP/1.1 with one request would be: the same limits, the same replies.
 *
 * <p>Limits: {@value #STREAMS} streams at a time; header lists of {@link EdgeLimits#headerBytes};
 * more than {@value #RESETS} resets in {@value #RESETS_SECONDS} s, by the client or caused by it,
 * end the connection (CVE-2023-44487, CVE-2025-8671). The codec below bounds what it owes in
 * answers to pings and settings, and runs of empty or tiny frames.
 */
final class Http2Server {
  static final int STREAMS = 128;
  static final int RESETS = 200;
  static final int RESETS_SECONDS = 30;

  private static final String TLS_ONLY = "chunkedWriter";

  private final ContextInternal context;
  private final HttpServerOptions options;
  private final EdgeLimits limits;
  private final LongSupplier nanoClock;
  private final Handler<HttpServerRequest> requests;

  Http2Server(
      ContextInternal context,
      HttpServerOptions options,
      EdgeLimits limits,
      LongSupplier nanoClock,
      Handler<HttpServerRequest> requests) {
    this.context = context;
    this.options = options;
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.requests = requests;
  }

  /** Takes a connection over. What its decoder has read already goes to the new one. */
  Http2Connection take(Channel channel, StrictRequestDecoder decoder) {
    Http2FrameCodec codec = codec();
    Http2Connection connection = new Http2Connection(channel, codec, nanoClock);
    ChannelPipeline pipeline = channel.pipeline();
    while (pipeline.last() != decoder) {
      pipeline.removeLast();
    }
    if (pipeline.get(TLS_ONLY) != null) {
      pipeline.remove(TLS_ONLY);
    }
    pipeline.addLast(codec, new Http2MultiplexHandler(streams(connection)), connection);
    pipeline.remove(decoder);
    return connection;
  }

  private Http2FrameCodec codec() {
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            Http2Settings.defaultSettings()
                .maxConcurrentStreams(STREAMS)
                .maxHeaderListSize(limits.headerBytes()))
        .decoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS)
        .encoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS)
        .gracefulShutdownTimeoutMillis(TimeUnit.NANOSECONDS.toMillis(limits.callNanos()))
        .build();
  }

  private ChannelInitializer<Channel> streams(Http2Connection connection) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel stream) {
        connection.opened(serve(stream));
      }
    };
  }

  private Http2Stream serve(Channel stream) {
    StreamCodec codec = new StreamCodec(nanoClock);
    VertxHandler<Http1xServerConnection> handler =
        VertxHandler.create(
            ctx ->
                new Http1xServerConnection(
                    ThreadingModel.EVENT_LOOP,
                    context::duplicate,
                    null,
                    options,
                    ctx,
                    context,
                    "",
                    null));
    stream.pipeline().addLast(codec, handler);
    Http1xServerConnection connection = handler.getConnection();
    connection.handler(requests);
    connection.exceptionHandler(ignored -> {}); // the request was told
    return new Http2Stream(connection, codec);
  }
}
