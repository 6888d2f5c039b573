package dev.tenfold.toolkit.httpclient;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import org.jspecify.annotations.Nullable;

/** One connection, and the call that is on it. On its event loop only. */
final class Connection extends ChannelInboundHandlerAdapter {
  private final ClientPool pool;
  private final Client client;
  private final Origin origin;
  private final AnswerDecoder decoder = new AnswerDecoder();
  private final ChannelHandlerContext context;

  private @Nullable Attempt current;
  private boolean unusable;
  private boolean closed;
  private long keepAliveNanos = Long.MAX_VALUE;

  // Guarded by the ledger's lock.
  long idleUntilNanos;
  long idleTurn;
  boolean isUsed;

  /**
   * Takes the socket over: what comes in ends here, and what goes out, a close included, starts
   * here, past the handler of Vert.x, which would first wait for what is still to be written.
   */
  Connection(ClientPool pool, Client client, Origin origin, NetSocketInternal socket) {
    this.pool = pool;
    this.client = client;
    this.origin = origin;
    String vertxHandler = socket.channelHandlerContext().name();
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    pipeline.addBefore(vertxHandler, "requests", new HttpRequestEncoder());
    pipeline.addBefore(vertxHandler, "answers", decoder);
    pipeline.addBefore(vertxHandler, "connection", this);
    this.context = pipeline.context(this);
  }

  Client client() {
    return client;
  }

  Origin origin() {
    return origin;
  }

  boolean isOpen() {
    return context.channel().isActive();
  }

  /** How long the peer keeps an idle connection, as far as it said. */
  long keepAliveNanos() {
    return keepAliveNanos;
  }

  /** The ledger has given this connection to that call. */
  void send(Exchange exchange, boolean reused) {
    if (unusable || !isOpen()) {
      pool.take(pool.ledger().again(exchange, false));
    } else if (exchange.isDone()) {
      pool.take(pool.ledger().release(this));
    } else {
      decoder.isForHead(exchange.request.isHead());
      Attempt attempt = new Attempt(pool, this, exchange, reused);
      current = attempt;
      attempt.start();
    }
  }

  ChannelFuture write(Request request) {
    return context.writeAndFlush(request.message());
  }

  /** The call that is on it was given up. */
  void abandon(Exchange exchange) {
    if (current != null && current.exchange() == exchange) {
      close();
    }
  }

  /** Whether what the peer sends is read by itself, or only when {@link #read} says so. */
  void setReading(boolean byItself) {
    ChannelConfig config = context.channel().config();
    if (config.isAutoRead() != byItself) {
      config.setAutoRead(byItself);
    }
  }

  /** Reads once. */
  void read() {
    context.read();
  }

  void close() {
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
    if (!unusable && !surplus && isOpen() && pool.keepsAlive() && attempt.isReusable()) {
      keepAliveNanos = attempt.keepAliveNanos();
      pool.take(pool.ledger().release(this));
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

  /** Also called where it had closed before this handler was there to be told. */
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
    pool.take(pool.ledger().closed(this));
  }
}
