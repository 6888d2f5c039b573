package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** A connection of HTTP/1.0 or 1.1; also one that has not said yet which protocol it speaks. */
final class Http1Connection extends ClientConnection {
  private static final String DECODER = "httpDecoder";
  private static final String FAST_PATH = "fastPath";

  private final StrictRequestDecoder decoder;

  /**
   * Takes the connection over, before its first byte is read.
   *
   * @param fastPath that of the event loop
   * @param becomesHttp2 told when the client begins with the preface of HTTP/2
   */
  Http1Connection(
      HttpConnection connection,
      HttpServerOptions options,
      LongSupplier nanoClock,
      FastPath fastPath,
      BiConsumer<Channel, StrictRequestDecoder> becomesHttp2) {
    super(connection);
    decoder = new StrictRequestDecoder(options, nanoClock, self -> hand(self, becomesHttp2));
    channel().pipeline().replace(DECODER, DECODER, decoder);
    channel().pipeline().addBefore(DECODER, FAST_PATH, new FastPathHandler(fastPath, this));
  }

  /**
   * True while nothing that was sent here waits for its reply, or is on its way to being
   * understood.
   */
  boolean isQuiet() {
    return firstByteNanos() == NOTHING_UNDER_WAY
        && !isBusy()
        && !isClosing()
        && hasAnswered(decoder.requests());
  }

  /** A request was served before the decoder saw it. */
  void passed(long nowNanos) {
    decoder.passed(nowNanos);
  }

  /** One that was refused is not handed on: its reply is on the way already. */
  private void hand(
      StrictRequestDecoder self, BiConsumer<Channel, StrictRequestDecoder> becomesHttp2) {
    if (!isClosing()) {
      channel().pipeline().remove(FAST_PATH);
      becomesHttp2.accept(channel(), self);
    }
  }

  @Override
  long firstByteNanos() {
    return decoder.firstByteNanos();
  }

  @Override
  long lastByteNanos() {
    return decoder.lastByteNanos();
  }

  @Override
  void idle(EdgeLimits limits) {
    connection().shutdown(limits.callNanos(), TimeUnit.NANOSECONDS);
  }

  /** A reset of the connection, without the last chunk. */
  @Override
  void abort() {
    closing();
    channel().config().setOption(ChannelOption.SO_LINGER, 0);
    var _ = channel().pipeline().firstContext().close(); // past what would wait for the client
  }

  /** Says why on the bare socket, and closes. */
  @Override
  void refuse(Failure failure) {
    closing();
    RpcReply.RpcError reply = failure.reply();
    byte[] body = ReplyBytes.refusal(reply);
    String head =
        "HTTP/1.1 "
            + failure.row().httpStatus()
            + " Refused\r\nCache-Status: "
            + reply.cacheStatus().header()
            + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    channel()
        .pipeline()
        .context(decoder) // what lies before it is TLS or the socket itself
        .writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
