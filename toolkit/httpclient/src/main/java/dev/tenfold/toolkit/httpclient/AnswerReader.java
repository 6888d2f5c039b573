package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes an answer of what arrives after its head: a whole one, or one that streams once it is
 * larger than its call wants to have whole. On the connection's event loop only.
 */
final class AnswerReader {
  private final ClientPool pool;
  private final Carrier carrier;
  private final Exchange exchange;
  private final HttpResponse head;
  private final BodySource source;
  private final AnswerBody body;
  private final long maxBytes;
  private final long announced;
  private long arrived;
  private @Nullable BodyStream stream;
  private @Nullable HttpAnswer answer;
  private boolean atEnd;

  AnswerReader(ClientPool pool, Carrier carrier, Exchange exchange, HttpResponse head)
      throws AnswerFailure {
    this.pool = pool;
    this.carrier = carrier;
    this.exchange = exchange;
    this.head = head;
    this.maxBytes = pool.options().maxAnswerBytes();
    boolean coded = !exchange.request.isHead() && isCoded(head.headers());
    this.source = coded ? new GzipSource() : new BodySource();
    this.announced = hasBody(exchange, head) ? announced(head.headers()) : -1;
    long most = Math.min(maxBytes, exchange.call.wholeBytes());
    this.body = new AnswerBody(coded ? -1 : announced, most, pool.room());
    if (announced > maxBytes && !coded) {
      throw new AnswerFailure(Kind.TOO_LARGE);
    }
  }

  /** An answer without one may tell the length that another would have (RFC 9110, section 8.6). */
  private static boolean hasBody(Exchange exchange, HttpResponse head) {
    int status = head.status().code();
    return !exchange.request.isHead() && status != 204 && status != 304;
  }

  /** We ask for gzip and for nothing else. */
  private static boolean isCoded(HttpHeaders headers) throws AnswerFailure {
    List<String> codings = headers.getAll(HttpHeaderNames.CONTENT_ENCODING);
    return switch (String.join(",", codings).strip().toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> true;
      case "", "identity" -> false;
      default -> throw new AnswerFailure(Kind.BAD_ANSWER);
    };
  }

  private static long announced(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1; // The codec refuses such an answer by itself.
    }
  }

  /** Takes bytes over. */
  void add(ByteBuf bytes, boolean last) throws AnswerFailure {
    arrived += bytes.readableBytes();
    source.add(bytes);
    if (last && announced >= 0 && arrived != announced) {
      throw new AnswerFailure(Kind.BAD_ANSWER); // Only HTTP/2 can end before its length.
    }
    atEnd = last;
    if (stream == null) {
      collect();
    } else {
      stream.arrived(last);
    }
  }

  private void collect() throws AnswerFailure {
    ByteBuf plain = next();
    while (plain != null) {
      try {
        collect(plain);
      } finally {
        plain.release();
      }
      if (body.size() > exchange.call.wholeBytes()) {
        beginStream();
        return;
      }
      plain = next();
    }
    if (atEnd) {
      if (!source.mayEnd()) {
        throw new AnswerFailure(Kind.BAD_ANSWER);
      }
      answer = new HttpAnswer(head.status().code(), head.headers(), body.take(), null);
    }
  }

  private @Nullable ByteBuf next() throws AnswerFailure {
    try {
      return source.next();
    } catch (DecoderException e) {
      throw new AnswerFailure(Kind.BAD_ANSWER);
    }
  }

  private void collect(ByteBuf plain) throws AnswerFailure {
    if (plain.readableBytes() > maxBytes - body.size()) {
      throw new AnswerFailure(Kind.TOO_LARGE);
    }
    if (!body.add(plain)) {
      throw new AnswerFailure(Kind.NO_ROOM);
    }
  }

  private void beginStream() throws AnswerFailure {
    byte[] first = body.take();
    BodyStream begun = new BodyStream(pool, carrier, exchange, source, maxBytes - first.length);
    stream = begun;
    answer = new HttpAnswer(head.status().code(), head.headers(), first, begun);
    begun.arrived(atEnd);
  }

  boolean isStreaming() {
    return stream != null;
  }

  /** All of the answer has arrived, be it told or not. */
  boolean isAtEnd() {
    return atEnd;
  }

  /** Tells the caller what has not been told yet. */
  void tell() {
    HttpAnswer untold = answer;
    BodyStream begun = stream;
    answer = null;
    if (begun == null) {
      if (untold != null) {
        pool.succeed(exchange, untold);
      }
      return;
    }
    if (untold != null) {
      pool.begin(exchange, untold, begun);
    }
    begun.proceed();
  }

  /** The answer will not come: nothing is held any more. */
  void release() {
    if (stream == null) {
      body.release();
      source.close();
    }
  }
}
