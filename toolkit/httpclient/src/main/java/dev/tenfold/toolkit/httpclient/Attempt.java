package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
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
  private @Nullable AnswerReader reader;
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
      if (isAnswered()) {
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
      begin(response);
    }
  }

  private void begin(HttpResponse response) {
    try {
      reader = new AnswerReader(pool, connection, exchange, response);
    } catch (AnswerFailure e) {
      fail(e.kind());
    }
  }

  /** Before the head of the final answer, this is the empty content of an interim one. */
  private void content(HttpContent content) {
    if (over || reader == null) {
      return;
    }
    try {
      boolean last = content instanceof LastHttpContent;
      reader.add(content.content().retain(), last);
      over = last;
      connection.setReading(last || !reader.isStreaming());
    } catch (AnswerFailure e) {
      fail(e.kind());
    }
  }

  /** All of the answer has arrived. */
  boolean isAnswered() {
    return reader != null && reader.isAtEnd();
  }

  /** All that arrived together has been taken: the caller is told what there is to tell. */
  void tell() {
    if (reader != null) {
      reader.tell();
    }
  }

  boolean isReusable() {
    return head != null && Reuse.isReusable(head) && written != null && written.isSuccess();
  }

  long keepAliveNanos() {
    return head == null ? 0 : Reuse.keepAliveNanos(head);
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
    if (reader != null) {
      reader.release();
    }
    connection.close();
    pool.fail(exchange, kind);
  }
}
