package dev.tenfold.toolkit.httpclient;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/1.1 (RFC 9112), and the call that is on it. On its event loop only. */
final class Http1Connection extends Connection implements Carrier {
  private final AnswerDecoder decoder = new AnswerDecoder();
  private final ChannelHandlerContext context;

  private @Nullable Attempt current;
  private boolean unusable;
  private boolean closed;
  private long keepAliveNanos = Long.MAX_VALUE;

  /**
   * Takes the socket over: what comes in ends here, and what goes out, a close included, starts
   * here, past the handler of Vert.x, which would first wait for what is still to be written.
   */
  Http1Connection(ClientPool pool, Client client, Origin origin, NetSocketInternal socket) {
    super(pool, client, origin, 1);
    String vertxHandler = socket.channelHandlerContext().name();
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    pipeline.addBefore(vertxHandler, "requests", new HttpRequestEncoder());
    pipeline.addBefore(vertxHandler, "answers", decoder);
    pipeline.addBefore(vertxHandler, "connection", this);
    this.context = pipeline.context(this);
  }

  @Override
  boolean isOpen() {
    return context.channel().isActive();
  }

  @Override
  long keepAliveNanos() {
    return keepAliveNanos;
  }

  @Override
  void send(Exchange exchange, boolean reused) {
    if (unusable || !isOpen()) {
      pool().take(pool().ledger().again(exchange, false));
    } else if (exchange.isDone()) {
      pool().take(pool().ledger().release(this));
    } else {
      decoder.isForHead(exchange.request.isHead());
      Attempt attempt = new Attempt(pool(), this, exchange, reused);
      current = attempt;
      attempt.start();
    }
  }

  @Override
  public ChannelFuture write(Request request) {
    return context.writeAndFlush(request.message());
  }

  @Override
  void abandon(Exchange exchange, boolean late) {
    if (current != null && current.exchange() == exchange) {
      close();
    }
  }

  @Override
  public void setReading(boolean byItself) {
    ChannelConfig config = context.channel().config();
    if (config.isAutoRead() != byItself) {
      config.setAutoRead(byItself);
    }
  }

  @Override
  public void read() {
    context.read();
  }

  @Override
  public void close() {
    unusable = true;
    var _ = context.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Attempt attempt = current;
    try {
      if (attempt != null && message instanceof HttpObject part) {
        attempt.received(part);
      } else {
        close(); // Nobody asked for it: what follows could be taken for an answer.
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /**
   * An answer ends here, and not with the last byte of its answer: what came along with the answer
   * has been seen by now, and surplus closes the connection before it can answer the next call.
   */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    Attempt attempt = current;
    boolean surplus = decoder.hasSurplus();
    if (attempt == null) {
      if (surplus) {
        close();
      }
    } else if (attempt.isAnswered()) {
      finish(attempt, surplus);
    } else {
      attempt.tell();
    }
    ctx.fireChannelReadComplete();
  }

  private void finish(Attempt attempt, boolean surplus) {
    current = null;
    if (!unusable && !surplus && isOpen() && pool().options().keepAlive() && attempt.isReusable()) {
      keepAliveNanos = attempt.keepAliveNanos();
      pool().take(pool().ledger().release(this));
    } else {
      close();
    }
    attempt.tell();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (current != null) {
      current.broken(cause);
    }
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed();
    ctx.fireChannelInactive();
  }

  @Override
  void closed() {
    if (closed) {
      return;
    }
    closed = true;
    unusable = true;
    Attempt attempt = current;
    current = null;
    if (attempt != null && attempt.isAnswered()) {
      attempt.tell();
    } else if (attempt != null) {
      attempt.closed();
    }
    pool().take(pool().ledger().closed(this));
  }
}
