package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A client's connection, watched so that a slow or silent client does not hold it for ever. */
final class ClientConnection {
  private static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "connection");
  private static final String DECODER = "httpDecoder";

  private final HttpConnection connection;
  private final Channel channel;
  private final StrictRequestDecoder decoder;
  private final LongSupplier nanoClock;
  private @Nullable Exchange exchange;
  private boolean closing;
  private boolean writes;
  private long quietSinceNanos;

  private ClientConnection(
      HttpConnection connection, StrictRequestDecoder decoder, LongSupplier nanoClock) {
    this.connection = connection;
    this.nanoClock = nanoClock;
    this.quietSinceNanos = nanoClock.getAsLong();
    this.channel = ((ConnectionBase) connection).channel();
    this.decoder = decoder;
  }

  /** Takes the connection over, before its first byte is read. */
  static ClientConnection watch(
      HttpConnection connection, HttpServerOptions options, LongSupplier nanoClock) {
    StrictRequestDecoder decoder = new StrictRequestDecoder(options, nanoClock);
    ClientConnection watched = new ClientConnection(connection, decoder, nanoClock);
    watched.channel.pipeline().replace(DECODER, DECODER, decoder);
    watched.channel.attr(KEY).set(watched);
    return watched;
  }

  static ClientConnection of(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().attr(KEY).get();
  }

  void begin(Exchange begun) {
    exchange = begun;
  }

  void end(Exchange ended) {
    if (exchange == ended) {
      exchange = null;
    }
  }

  /** A reply has said that the connection closes: what still arrives is of no interest. */
  void closing() {
    closing = true;
  }

  /** Whether a large reply is being written, which has a watch of its own. */
  void writes(boolean now) {
    writes = now;
    quietSinceNanos = nanoClock.getAsLong();
  }

  boolean isClosing() {
    return closing;
  }

  /** Ends what has taken too long. */
  void check(long nowNanos, EdgeLimits limits) {
    if (closing || writes) {
      return;
    }
    long first = decoder.firstByteNanos();
    if (first != StrictRequestDecoder.NOTHING_UNDER_WAY
        && nowNanos - first > limits.arrivalNanos()) {
      tooSlow();
    } else if (nowNanos - decoder.lastByteNanos() > limits.idleNanos()
        && nowNanos - quietSinceNanos > limits.idleNanos()) {
      connection.shutdown(limits.callNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void tooSlow() {
    Exchange current = exchange;
    if (current == null) {
      refuse(Failure.REQUEST_TIMEOUT);
    } else {
      current.tooSlow();
    }
  }

  /** Says why on the bare socket, where there is no request to answer, and closes. */
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
    channel
        .pipeline()
        .firstContext()
        .writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
