package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpConnection;

/** One stream of a connection of HTTP/2: to the rest of the edge, a connection of one request. */
final class Http2Stream extends ClientConnection {
  private final StreamCodec codec;

  Http2Stream(HttpConnection connection, StreamCodec codec) {
    super(connection);
    this.codec = codec;
  }

  @Override
  long firstByteNanos() {
    return codec.firstByteNanos();
  }

  @Override
  long lastByteNanos() {
    return codec.lastByteNanos();
  }

  /** A reply that the client does not read is dropped; closing alone would keep it waiting. */
  @Override
  void idle(EdgeLimits limits) {
    if (!isBusy()) {
      reset();
    }
  }

  @Override
  void abort() {
    reset();
  }

  /** Resets the stream, which has no words to say why. */
  @Override
  void refuse(Failure failure) {
    reset();
  }

  private void reset() {
    closing();
    var _ = channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
  }
}
