package dev.tenfold.toolkit.httpclient;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream of HTTP/2 (RFC 9113, section 5), and the call that is on it. On its connection's event
 * loop only.
 *
 * <p>A call that was answered is told of it once the stream has closed: before, the peer would
 * count it as one that is open.
 */
final class Http2Stream extends ChannelInboundHandlerAdapter implements Carrier {
  private final Http2Connection connection;
  private final Exchange exchange;
  private final Attempt attempt;
  private final long sentNanos;
  private @Nullable Channel channel;
  private boolean hasHead;
  private boolean isReset;
  private boolean isRefused;

  Http2Stream(Http2Connection connection, Exchange exchange, boolean reused, long sentNanos) {
    this.connection = connection;
    this.exchange = exchange;
    this.attempt = new Attempt(connection.pool(), this, exchange, reused);
    this.sentNanos = sentNanos;
  }

  Exchange exchange() {
    return exchange;
  }

  @Override
  public Client client() {
    return connection.client();
  }

  /** When the call was sent. */
  long sentNanos() {
    return sentNanos;
  }

  /** Opens it, and sends the call. */
  void open(Http2StreamChannelBootstrap bootstrap) {
    var _ =
        bootstrap
            .handler(this)
            .open()
            .addListener(
                opened -> {
                  if (!opened.isSuccess()) {
                    isRefused = true;
                    ended();
                  }
                });
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    var _ = channel.closeFuture().addListener(closed -> ended());
    attempt.start();
  }

  @Override
  public ChannelFuture write(Request request) {
    Channel to = opened();
    boolean whole = request.body().length == 0;
    ChannelFuture head = to.write(new DefaultHttp2HeadersFrame(request.http2Headers(), whole));
    ChannelFuture last =
        whole
            ? head
            : to.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(request.body()), true));
    to.flush();
    return last;
  }

  @Override
  public void setReading(boolean byItself) {
    if (opened().config().isAutoRead() != byItself) {
      opened().config().setAutoRead(byItself);
    }
  }

  @Override
  public void read() {
    opened().read();
  }

  /** The peer is told where it does not know: it may have ended its side while we still send. */
  @Override
  public void close() {
    if (attempt.isSending()) {
      var _ = opened().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
    }
    var _ = opened().close();
  }

  private Channel opened() {
    if (channel == null) {
      throw new IllegalStateException("not open yet");
    }
    return channel;
  }

  /** The connection cannot be read any more. */
  void broken(Throwable cause) {
    attempt.broken(cause);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      switch (message) {
        case Http2HeadersFrame frame when hasHead ->
            content(Unpooled.EMPTY_BUFFER, frame.isEndStream());
        case Http2HeadersFrame frame -> head(frame.headers(), frame.isEndStream());
        case Http2DataFrame frame -> content(frame.content(), frame.isEndStream());
        default -> {} // A frame that we do not know (RFC 9113, section 5.5).
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** The head of the answer, or of an interim one, which cannot be the end. */
  private void head(Http2Headers all, boolean last) {
    int status = status(all.status());
    hasHead = status >= 200;
    attempt.received(
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), fields(all)));
    if (last) {
      content(Unpooled.EMPTY_BUFFER, true);
    }
  }

  /** Three digits; 0 for whatever else. */
  private static int status(@Nullable CharSequence digits) {
    boolean valid =
        digits != null
            && digits.length() == 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return valid ? Integer.parseInt(digits, 0, 3, 10) : 0;
  }

  private static HttpHeaders fields(Http2Headers all) {
    HttpHeaders fields = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    for (Map.Entry<CharSequence, CharSequence> field : all) {
      if (field.getKey().charAt(0) != ':') {
        fields.add(field.getKey(), field.getValue());
      }
    }
    return fields;
  }

  private void content(ByteBuf bytes, boolean last) {
    if (hasHead) {
      attempt.received(last ? new DefaultLastHttpContent(bytes) : new DefaultHttpContent(bytes));
    } else {
      attempt.isNoAnswer();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!attempt.isAnswered()) {
      attempt.tell();
    } else if (attempt.isSending()) {
      close(); // The peer has made up its mind, whatever else we would send.
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2ResetFrame frame) {
      isReset = true;
      isRefused = frame.errorCode() == Http2Error.REFUSED_STREAM.code();
    } else if (event instanceof Http2GoAwayFrame) {
      isRefused = true; // The last stream that it says it has looked at came before this one.
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    attempt.broken(cause);
  }

  private void ended() {
    connection.ended(this);
    if (attempt.isAnswered()) {
      attempt.tell();
    } else if (isRefused) {
      attempt.refused();
    } else if (isReset) {
      attempt.reset();
    } else {
      attempt.closed();
    }
  }
}
