package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One sending of a call on one connection. On the connection's event loop only. */
final class Attempt {
  private final ClientPool pool;
  private final Connection connection;
  private final Exchange exchange;
  private final boolean reused;

  private @Nullable ChannelFuture written;
  private @Nullable HttpResponse head;
  private @Nullable AnswerBody body;
  private @Nullable HttpAnswer answer;
  private boolean heard;
  private boolean over;

  Attempt(ClientPool pool, Connection connection, Exchange exchange, boolean reused) {
    this.pool = pool;
    this.connection = connection;
    this.exchange = exchange;
    this.reused = reused;
  }

  Exchange exchange() {
    return exchange;
  }

  void start() {
    exchange.mayHaveBeenSent = true;
    if (exchange.isDone()) {
      over = true;
      connection.close();
    } else {
      written = connection.write(exchange.request);
    }
  }

  /** The next part of the answer. */
  void received(HttpObject part) {
    heard = true;
    if (over) {
      if (answer != null) {
        connection.close(); // More than the answer.
      }
      return;
    }
    if (part.decoderResult().isFailure()) {
      broken(part.decoderResult().cause());
      return;
    }
    if (part instanceof HttpResponse response) {
      head(response);
    }
    if (part instanceof HttpContent content) {
      content(content);
    }
  }

  private void head(HttpResponse response) {
    int status = response.status().code();
    HttpVersion version = response.protocolVersion();
    boolean known = version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    if (!known || status < 100 || status == 101) {
      fail(Kind.BAD_ANSWER);
    } else if (status >= 200) {
      head = response;
      String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
      body = new AnswerBody(exchange.request.isHead() ? null : length, pool.maxAnswerBytes());
      if (body.isTooLarge()) {
        fail(Kind.TOO_LARGE);
      }
    }
  }

  /** Before the head of the final answer, this is the empty content of an interim one. */
  private void content(HttpContent content) {
    if (over || head == null || body == null) {
      return;
    }
    if (!body.add(content.content())) {
      fail(Kind.TOO_LARGE);
    } else if (content instanceof LastHttpContent) {
      over = true;
      answer = new HttpAnswer(head.status().code(), head.headers(), body.bytes());
    }
  }

  boolean isAnswered() {
    return answer != null;
  }

  boolean isReusable() {
    return head != null && Reuse.isReusable(head) && written != null && written.isSuccess();
  }

  long keepAliveNanos() {
    return head == null ? 0 : Reuse.keepAliveNanos(head);
  }

  /** Tells the caller. */
  void deliver() {
    if (answer != null) {
      pool.succeed(exchange, answer);
    }
  }

  /** Something went wrong, the connection included. */
  void broken(Throwable cause) {
    if (over) {
      return;
    }
    if (cause instanceof IOException || cause instanceof PrematureChannelClosureException) {
      closed();
    } else {
      fail(Kind.BAD_ANSWER);
    }
  }

  /** The connection closed before the answer was complete. */
  void closed() {
    if (over) {
      return;
    }
    if (!reused || heard || exchange.repeated || !exchange.call.repeatable()) {
      fail(Kind.CLOSED);
      return;
    }
    over = true;
    exchange.repeated = true;
    connection.close();
    pool.take(pool.ledger().again(exchange, true));
  }

  private void fail(Kind kind) {
    over = true;
    body = null;
    connection.close();
    pool.fail(exchange, kind);
  }
}
