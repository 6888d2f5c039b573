package dev.tenfold.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the decoder of a connection and has {@link FastPath} answer what it can, while
 * nothing else is under way there: so replies stay in the order of their requests.
 */
final class FastPathHandler extends ChannelInboundHandlerAdapter {
  private final FastPath path;
  private final Http1Connection connection;
  private boolean written;

  FastPathHandler(FastPath path, Http1Connection connection) {
    this.path = path;
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes && serve(ctx, bytes)) {
      bytes.release();
    } else {
      ctx.fireChannelRead(message);
    }
  }

  /** True if all that arrived was answered. */
  private boolean serve(ChannelHandlerContext ctx, ByteBuf bytes) {
    while (bytes.isReadable() && connection.isQuiet() && ctx.channel().isWritable()) {
      ByteBuf reply = answer(ctx, bytes);
      if (reply == null) {
        return false;
      }
      connection.passed(path.answeredNanos());
      write(ctx, reply, path.held());
      written = true;
    }
    return !bytes.isReadable();
  }

  private static void write(ChannelHandlerContext ctx, ByteBuf reply, @Nullable Holding held) {
    if (held == null) {
      var _ = ctx.write(reply, ctx.voidPromise());
    } else {
      ctx.write(reply).addListener(written -> held.release());
    }
  }

  /** A fault of ours shows, and is told, on the ordinary way. */
  private @Nullable ByteBuf answer(ChannelHandlerContext ctx, ByteBuf bytes) {
    try {
      return path.answer(bytes, ctx.alloc());
    } catch (RuntimeException _) {
      return null;
    }
  }

  /** One flush for all that arrived together. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (written) {
      written = false;
      ctx.flush();
    }
    ctx.fireChannelReadComplete();
  }
}
