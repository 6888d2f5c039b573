package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.access.Admission;
import dev.tenfold.gateway.access.Verdict;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.telemetry.AccessEntry;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Body;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request that carries calls: its body arrives, is taken apart, each call is sent on its
 * way, and the replies leave together.
 */
final class Exchange implements LargeReply.Watcher {
  private final EdgeLoop loop;
  private final ChainEntry chain;
  private final HttpServerRequest http;
  private final ClientConnection connection;
  private final RequestBody body;
  private final Holding holding;
  private final Caller caller = new Caller();
  private Call[] calls = {};
  private boolean gzipped;
  private boolean batch;
  private boolean whole;
  private boolean admitted;
  private boolean awaitsContinue;
  private boolean answered;

  Exchange(EdgeLoop loop, ChainEntry chain, HttpServerRequest http) {
    this.loop = loop;
    this.chain = chain;
    this.http = http;
    this.connection = ClientConnection.of(http.connection());
    this.body = new RequestBody(loop.limits().bodyBytes());
    this.holding = new Holding(loop.inFlight());
  }

  /** Begins to read; nothing is called before the visitor is let in. */
  void begin(Visitor visitor) {
    connection.begin(this);
    http.handler(this::chunk);
    http.endHandler(end -> arrived());
    http.exceptionHandler(this::broken);
    admit(visitor);
    if (!answered && http.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
      encoded();
    }
    if (!answered && http.headers().contains(HttpHeaders.EXPECT)) {
      expected();
    }
  }

  private void admit(Visitor visitor) {
    Admission admission = loop.entrance().admission();
    Verdict known;
    try {
      known = admission.known(visitor);
    } catch (RuntimeException e) {
      loop.meter().broke(e);
      refuse(Failure.INTERNAL);
      return;
    }
    if (known != null) {
      judged(known);
      return;
    }
    http.response().closeHandler(closed -> gone());
    Context here = loop.context();
    admission
        .find(visitor)
        .onComplete(
            found ->
                here.runOnContext(
                    turn -> judged(found.succeeded() ? found.result() : Verdict.unavailable())));
  }

  private void judged(Verdict verdict) {
    if (answered) {
      return;
    }
    switch (verdict) {
      case Verdict.Refused refused -> refuse(refused.failure(), refused.message());
      case Verdict.Admitted in -> {
        caller.on(in.account());
        admitted = true;
        if (whole) {
          proceed();
        } else if (awaitsContinue) {
          http.response().writeContinue();
        }
      }
    }
  }

  /** A body may come compressed by gzip; of other codings the client learns at once. */
  private void encoded() {
    String coding = String.join(",", http.headers().getAll(HttpHeaders.CONTENT_ENCODING)).strip();
    gzipped = coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip");
    if (!gzipped && !coding.equalsIgnoreCase("identity")) {
      http.response().putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaderValues.GZIP);
      refuse(Failure.UNKNOWN_ENCODING);
    }
  }

  /**
   * Answers {@code Expect: 100-continue}: a body known to be too large need not be sent, and no
   * other before the visitor is let in.
   */
  private void expected() {
    boolean waits = http.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true);
    if (!waits || http.version() == HttpVersion.HTTP_1_0) {
      return;
    }
    String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > loop.limits().bodyBytes()) {
      refuse(Failure.BODY_TOO_LARGE);
    } else if (admitted) {
      http.response().writeContinue();
    } else {
      awaitsContinue = true;
    }
  }

  private void chunk(Buffer chunk) {
    if (answered) {
      return;
    }
    if (!body.add(chunk)) {
      refuse(Failure.BODY_TOO_LARGE);
    } else if (!holding.hold(chunk.length())) {
      refuse(Failure.IN_FLIGHT_FULL);
    }
  }

  private void arrived() {
    if (answered) {
      http.connection().close();
    } else {
      whole = true;
      if (admitted) {
        proceed();
      }
    }
  }

  private void proceed() {
    chain.watch().touched();
    if (chain.watch().awake(loop.nowNanos())) {
      read();
    } else {
      wake();
    }
  }

  /** What is known of the chain is of long ago; the calls begin when it is of now. */
  private void wake() {
    http.response().closeHandler(closed -> gone());
    Context here = loop.context();
    chain.watch().wake().onComplete(awake -> here.runOnContext(turn -> awoken()));
  }

  private void awoken() {
    if (!answered) {
      read();
    }
  }

  private void read() {
    body.read(gzipped ? this::expand : this::scan);
  }

  /** What expands to more than a body may have is given up there. */
  private void expand(byte[] bytes, int from, int to) {
    int most = loop.limits().bodyBytes();
    try {
      byte[] expanded = Gzip.expand(bytes, from, to, most);
      if (expanded.length > most) {
        refuse(Failure.BODY_TOO_LARGE);
      } else {
        scan(expanded, 0, expanded.length);
      }
    } catch (IOException _) {
      refuse(Failure.NOT_JSON);
    }
  }

  private void scan(byte[] bytes, int from, int to) {
    Body verdict = loop.scanner().scan(bytes, from, to);
    switch (verdict) {
      case SINGLE -> run(bytes, false);
      case BATCH -> run(bytes, true);
      default -> refuse(loop.meaning(verdict));
    }
  }

  private void run(byte[] bytes, boolean asBatch) {
    batch = asBatch;
    if (asBatch) {
      caller.sendsBatch();
    }
    calls = loop.reader().read(bytes, chain.snapshot().get(), caller, loop.deadlineNanos());
    new CallRun(calls, chain.handler(), loop.meter(), holding, this::finished).proceed();
    if (!answered) {
      http.response().closeHandler(closed -> gone());
    }
  }

  private void finished() {
    if (answered) {
      for (Call call : calls) {
        ended(call, Failure.CALLER_GONE);
      }
      holding.release();
      loop.log(chain, calls, AccessEntry.NO_STATUS);
      return;
    }
    done();
    Replies.limits(http.response(), caller.account());
    if (LargeReply.isNeeded(calls, batch, loop.limits().bufferedBytes())) {
      large();
      return;
    }
    Future<Void> written =
        batch ? loop.replies().batch(http, calls) : loop.replies().single(http, calls[0]);
    if (holding.isCounted()) {
      written.onComplete(end -> holding.release());
    }
    loop.log(chain, calls, http.response().getStatusCode());
  }

  private void large() {
    String status =
        batch ? BatchCacheStatus.header(calls) : calls[0].reply().cacheStatus().header();
    HttpServerResponse response = loop.replies().large(http, status);
    connection.writes(true, loop.nowNanos());
    new LargeReply(http, response, calls, batch, holding, this).begin();
  }

  @Override
  public Runnable whenTooSlow(Runnable action) {
    return loop.afterCallTime(action);
  }

  /** The result of a call that streamed has ended; others have been counted before. */
  @Override
  public void ended(Call call, @Nullable Failure failure) {
    RpcReply reply = call.reply();
    if (!(reply instanceof RpcReply.Streamed) || call.isNotification()) {
      return;
    }
    if (failure != null) {
      Holding.cancel(reply);
      reply = failure.reply().with(reply.cacheStatus());
    }
    call.ended(reply, loop.meter().ended(call.startedNanos(), reply));
  }

  @Override
  public void over(Future<Void> written) {
    connection.writes(false, loop.nowNanos());
    written.onComplete(end -> holding.release());
    loop.log(chain, calls, http.response().getStatusCode());
  }

  private void gone() {
    if (!answered) {
      done();
      caller.leave();
      if (calls.length == 0) {
        holding.release(); // Else when the last of them has ended.
      }
    }
  }

  /** The client took too long over its request; one whose request is whole is not meant. */
  void tooSlow() {
    if (!answered && !whole) {
      refuse(Failure.REQUEST_TIMEOUT);
    }
  }

  private void broken(Throwable cause) {
    if (!answered && !whole && loop.isOpen(http)) {
      refuse(Failure.BAD_HTTP);
      loop.flush(http); // the stack below closes next, and would drop what is not on the socket
    } else {
      gone();
    }
  }

  private void refuse(Failure failure) {
    refuse(failure, failure.row().message());
  }

  private void refuse(Failure failure, String message) {
    done();
    holding.release();
    loop.refuse(http, failure, message);
  }

  private void done() {
    answered = true;
    connection.end(this);
  }
}
