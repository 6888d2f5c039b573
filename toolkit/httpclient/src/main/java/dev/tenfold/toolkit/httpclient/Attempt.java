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

/** One sending of a call on one carrier. On the connection's event loop only. */
final class Attempt {
  /** So often a call that was refused is sent again. */
  private static final int MAX_REFUSALS = 3;

  private final ClientPool pool;
  private final Carrier carrier;
  private final Exchange exchange;
  private final boolean reused;

  private @Nullable ChannelFuture written;
  private @Nullable HttpResponse head;
  private @Nullable AnswerReader reader;
  private boolean heard;
  private boolean over;

  Attempt(ClientPool pool, Carrier carrier, Exchange exchange, boolean reused) {
    this.pool = pool;
    this.carrier = carrier;
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
      carrier.close();
    } else {
      written = carrier.write(exchange.request);
    }
  }

  /** The next part of the answer. */
  void received(HttpObject part) {
    heard = true;
    if (over) {
      if (isAnswered()) {
        carrier.close(); // More than the answer.
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
      reader = new AnswerReader(pool, carrier, exchange, response);
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
      carrier.setReading(last || !reader.isStreaming());
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

  /** Some of the request has not been sent yet. */
  boolean isSending() {
    return written != null && !written.isDone();
  }

  boolean isReusable() {
    return head != null && Reuse.isReusable(head) && written != null && written.isSuccess();
  }

  long keepAliveNanos() {
    return head == null ? 0 : Reuse.keepAliveNanos(head);
  }

  /** Something went wrong, the connection included. */
  void broken(Throwable cause) {
    if (cause instanceof IOException || cause instanceof PrematureChannelClosureException) {
      closed();
    } else {
      isNoAnswer();
    }
  }

  /** What came cannot be an answer. */
  void isNoAnswer() {
    if (!over) {
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
    carrier.close();
    pool.take(pool.ledger().again(exchange, true));
  }

  /** The peer has let us know that it did nothing about the call: it can be sent again. */
  void refused() {
    if (over || heard) {
      closed();
      return;
    }
    over = true;
    exchange.mayHaveBeenSent = false;
    if (exchange.refusals++ < MAX_REFUSALS) {
      pool.take(pool.ledger().again(exchange, false));
    } else {
      pool.fail(exchange, Kind.CLOSED);
    }
  }

  /** The peer has given up the call, and nobody knows what it did about it before. */
  void reset() {
    if (!over) {
      fail(Kind.CLOSED);
    }
  }

  private void fail(Kind kind) {
    over = true;
    if (reader != null) {
      reader.release();
    }
    carrier.close();
    pool.fail(exchange, kind);
  }
}
