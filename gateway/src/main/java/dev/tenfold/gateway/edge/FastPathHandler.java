package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.access.PresentedKey;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the decoder of a connection and has {@link FastPath} answer what it can, while
 * nothing else is under way there: so replies stay in the order of their requests.
 */
final class FastPathHandler extends ChannelInboundHandlerAdapter {
  private final FastPath path;
  private final Http1Connection connection;
  private boolean written;
  private byte[] keyText = {};
  private @Nullable PresentedKey key;

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

  /** The key that stands there; one that came before on this connection is not hashed again. */
  PresentedKey key(byte[] bytes, int from, int to) {
    PresentedKey known = key;
    if (known != null && Arrays.equals(keyText, 0, keyText.length, bytes, from, to)) {
      return known;
    }
    keyText = Arrays.copyOfRange(bytes, from, to);
    known = PresentedKey.of(new String(keyText, StandardCharsets.US_ASCII));
    key = known;
    return known;
  }

  /** Who sits at the other end of the connection. */
  InetAddress address() {
    return ((InetSocketAddress) connection.channel().remoteAddress()).getAddress();
  }

  /** A fault of ours shows, and is told, on the ordinary way. */
  private @Nullable ByteBuf answer(ChannelHandlerContext ctx, ByteBuf bytes) {
    try {
      return path.answer(bytes, ctx.alloc(), this);
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
