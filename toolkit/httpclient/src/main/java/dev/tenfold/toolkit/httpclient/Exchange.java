package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/** One call, from its start to its one ending. */
final class Exchange implements PendingAnswer {
  /** Changed under the ledger's lock only; read without it where an old value does no harm. */
  enum State {
    NEW,
    WAITING,
    ASSIGNED,
    DONE
  }

  final HttpCall call;
  final Request request;
  final Client home;
  final ContextInternal context;
  final long timeoutNanos;
  private final ClientPool pool;
  private final Promise<HttpAnswer> promise;

  volatile State state = State.NEW;

  /**
   * Set before a connection looks at {@link #state} for the last time before it writes; whoever
   * ends the call sets the state and then looks here. So one of the two always sees the other.
   */
  volatile boolean mayHaveBeenSent;

  /** Set before the answer that it belongs to is told. */
  private volatile @Nullable BodyStream stream;

  // Guarded by the ledger's lock.
  @Nullable Connection connection;
  boolean hasAttempt;
  boolean wantsFresh;
  long waitingSinceNanos;

  // Guarded by the lock of the deadlines that it is filed in.
  @Nullable Exchange earlier;
  @Nullable Exchange later;
  int slot = -1;
  long deadlineNanos;

  // The connection's event loop only; a call is on one connection at a time.
  boolean repeated;
  int refusals;

  Exchange(
      ClientPool pool,
      HttpCall call,
      Request request,
      Client home,
      ContextInternal context,
      long timeoutNanos) {
    this.pool = pool;
    this.call = call;
    this.request = request;
    this.home = home;
    this.context = context;
    this.promise = context.promise();
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public Future<HttpAnswer> future() {
    return promise.future();
  }

  @Override
  public void cancel() {
    pool.fail(this, Kind.CANCELLED);
  }

  Origin origin() {
    return call.target().origin();
  }

  boolean isDone() {
    return state == State.DONE;
  }

  /** Only for the one that moved the state to done. */
  void complete(HttpAnswer answer) {
    promise.complete(answer);
  }

  /** Tells an answer that streams, unless the call has failed in between. */
  void begin(HttpAnswer answer, BodyStream rest) {
    stream = rest;
    if (!promise.tryComplete(answer)) {
      rest.fail(new ClientException(Kind.CANCELLED, true));
    }
  }

  /** Only for the one that moved the state to done. */
  void complete(ClientException failure) {
    BodyStream rest = stream;
    if (!promise.tryFail(failure) && rest != null) {
      rest.fail(failure);
    }
  }
}
