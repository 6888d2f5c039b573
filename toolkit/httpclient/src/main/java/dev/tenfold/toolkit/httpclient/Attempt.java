package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One sending of a call on one connection. On the connection's event loop only. */
final class Attempt {
  private final ClientPool pool;
  private final Connection connection;
  private final Exchange exchange;
  private final boolean reused;

  private @Nullable Future<Void> written;
  private @Nullable HttpClientResponse response;
  private @Nullable AnswerBody body;
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
    connection.http().request(exchange.request.options()).onComplete(this::send, this::broken);
  }

  private void send(HttpClientRequest request) {
    exchange.mayHaveBeenSent = true;
    if (exchange.isDone()) {
      over = true;
      connection.close();
      return;
    }
    request.exceptionHandler(this::broken);
    request.response().onComplete(this::head, this::broken);
    Buffer content = exchange.request.body();
    written = content == null ? request.end() : request.end(content);
  }

  private void head(HttpClientResponse head) {
    if (over) {
      return;
    }
    if (head.statusCode() < 200) {
      fail(Kind.BAD_ANSWER);
      return;
    }
    response = head;
    AnswerBody collected = new AnswerBody(head.getHeader("content-length"), pool.maxAnswerBytes());
    body = collected;
    if (collected.isTooLarge()) {
      fail(Kind.TOO_LARGE);
      return;
    }
    head.exceptionHandler(this::broken);
    head.handler(this::chunk);
    head.endHandler(v -> end(head, collected));
  }

  private void chunk(Buffer bytes) {
    AnswerBody collected = body;
    if (!over && collected != null && !collected.add(bytes)) {
      fail(Kind.TOO_LARGE);
    }
  }

  private void end(HttpClientResponse head, AnswerBody collected) {
    if (over) {
      return;
    }
    over = true;
    body = null;
    HttpAnswer answer = new HttpAnswer(head.statusCode(), head.headers(), collected.bytes());
    boolean reusable = Reuse.isReusable(head) && written != null && written.succeeded();
    // Not before all that came with the answer has been looked at: more of it than the answer must
    // close the connection, not become the answer to the next call.
    connection
        .client()
        .eventLoop()
        .execute(
            () -> {
              connection.answered(reusable, Reuse.keepAliveNanos(head));
              pool.succeed(exchange, answer);
            });
  }

  /** Something went wrong, the connection included. */
  void broken(Throwable cause) {
    if (over) {
      return;
    }
    if (isClosure(cause)) {
      closed();
    } else {
      fail(Kind.BAD_ANSWER);
    }
  }

  /** The connection closed, in the order of things before the answer was complete. */
  void closed() {
    if (over) {
      return;
    }
    boolean sent = exchange.mayHaveBeenSent;
    boolean repeat =
        reused && response == null && !exchange.repeated && (exchange.call.repeatable() || !sent);
    if (!repeat) {
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

  private static boolean isClosure(Throwable cause) {
    return cause instanceof HttpClosedException
        || cause instanceof IOException
        || cause instanceof PrematureChannelClosureException;
  }
}
