package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.ResultStream;
import dev.tenfold.gateway.rpc.ResultStream.Part;
import dev.tenfold.gateway.rpc.RpcReply;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/**
 * Writes a reply that is too large for one piece: one call whose result streams, or a batch, member
 * by member in its order. It goes on only while the client takes what was written, and reads from a
 * node only what it can write; so a slow client slows the node down, and costs no memory.
 *
 * <p>It ends once, in one of these ways: all was written; a result broke, or the client took
 * nothing for too long, and the reply is {@linkplain ClientConnection#abort aborted}; the client
 * hung up. Streams that were not read to their end are cancelled then. Confined to the event loop
 * of the connection.
 */
final class LargeReply {
  /** So much of a result in memory is written at a time. */
  private static final int SLICE_BYTES = 64 << 10;

  private static final byte[] NOTHING = {};

  private final HttpServerRequest http;
  private final HttpServerResponse response;
  private final Call[] calls;
  private final boolean batch;
  private final Holding holding;
  private final Watcher watcher;

  private State state = State.GOING;
  private boolean running;
  private int next;
  private boolean opened;
  private @Nullable Call current;
  private byte[] json = NOTHING;
  private int at;
  private @Nullable ResultStream stream;
  private int beginningBytes;
  private Runnable callOffTimer = () -> {};

  private enum State {
    GOING,
    AWAITS_CLIENT,
    AWAITS_NODE,
    OVER
  }

  /** Who is told what happens, and has the clock. */
  interface Watcher {
    /** Runs the action when the client has taken nothing for too long; gives what calls it off. */
    Runnable whenTooSlow(Runnable action);

    /** The result of a call that streamed has ended, with null where all of it was written. */
    void ended(Call call, @Nullable Failure failure);

    /** The reply is over; the future completes when nothing of it waits for the socket any more. */
    void over(Future<Void> written);
  }

  LargeReply(
      HttpServerRequest http,
      HttpServerResponse response,
      Call[] calls,
      boolean batch,
      Holding holding,
      Watcher watcher) {
    this.http = http;
    this.response = response;
    this.calls = calls;
    this.batch = batch;
    this.holding = holding;
    this.watcher = watcher;
  }

  /** Whether a reply has to be written so: it streams, or is a batch of more than so many bytes. */
  static boolean isNeeded(Call[] calls, boolean batch, long bufferedBytes) {
    long bytes = 0;
    for (Call call : calls) {
      if (!call.isNotification()) {
        if (call.reply() instanceof RpcReply.Streamed) {
          return true;
        }
        bytes += Holding.bytes(call.reply());
      }
    }
    return batch && bytes > bufferedBytes;
  }

  void begin() {
    response.drainHandler(drained -> drained());
    response.closeHandler(closed -> stop(Failure.CALLER_GONE));
    response.exceptionHandler(reset -> stop(Failure.CALLER_GONE));
    proceed();
  }

  private void drained() {
    if (state == State.AWAITS_CLIENT) {
      callOffTimer.run();
      proceed();
    }
  }

  /** A loop and no recursion: a part that is there already comes within the call that asks. */
  private void proceed() {
    if (state != State.OVER) {
      state = State.GOING;
    }
    if (running) {
      return;
    }
    running = true;
    while (state == State.GOING) {
      step();
    }
    running = false;
  }

  private void step() {
    ResultStream streaming = stream;
    if (response.writeQueueFull()) {
      state = State.AWAITS_CLIENT;
      callOffTimer = watcher.whenTooSlow(() -> abort(Failure.CALLER_TOO_SLOW));
    } else if (streaming != null) {
      state = State.AWAITS_NODE;
      streaming.next().onSuccess(part -> came(streaming, part));
    } else if (at < json.length) {
      int to = Math.min(json.length, at + SLICE_BYTES);
      write(json, at, to);
      at = to;
    } else {
      nextCall();
    }
  }

  private void came(ResultStream from, Part part) {
    if (state == State.OVER) {
      return;
    }
    switch (part) {
      case Part.Piece piece -> {
        write(piece.json(), piece.from(), piece.to());
        if (from.heldBytes() == 0) {
          holding.drop(beginningBytes);
          beginningBytes = 0;
        }
        proceed();
      }
      case Part.Whole whole -> {
        stream = null;
        proceed();
      }
      case Part.Broken broken -> abort(broken.failure());
    }
  }

  private void nextCall() {
    close(current, null);
    while (next < calls.length && calls[next].isNotification()) {
      next++;
    }
    if (next == calls.length) {
      end();
    } else {
      open(calls[next++]);
    }
  }

  private void open(Call call) {
    current = call;
    byte[] opening = ReplyBytes.opening(call, batch, !opened);
    opened = true;
    write(opening, 0, opening.length);
    at = 0;
    switch (call.reply()) {
      case RpcReply.Result result -> json = result.json();
      case RpcReply.RpcError error -> json = error.json();
      case RpcReply.Streamed streamed -> {
        stream = streamed.result();
        beginningBytes = streamed.result().heldBytes();
      }
    }
  }

  /** A call's answer has been written, and is not held any more. */
  private void close(@Nullable Call call, @Nullable Failure failure) {
    current = null;
    if (call == null) {
      return;
    }
    if (call.reply() instanceof RpcReply.Streamed) {
      holding.drop(Holding.STREAM_BYTES + beginningBytes);
      watcher.ended(call, failure);
    } else {
      holding.drop(json.length);
      json = NOTHING;
      at = 0;
    }
    if (failure == null) {
      write(ReplyBytes.CLOSING, 0, ReplyBytes.CLOSING.length);
    }
  }

  private void write(byte[] bytes, int from, int to) {
    response.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, to - from)));
  }

  private void end() {
    state = State.OVER;
    watcher.over(batch ? response.end("]") : response.end());
  }

  private void abort(Failure failure) {
    if (state != State.OVER) {
      stop(failure);
      ClientConnection.of(http.connection()).abort();
    }
  }

  /** No more of it will be written. */
  private void stop(Failure failure) {
    if (state == State.OVER) {
      return;
    }
    state = State.OVER;
    callOffTimer.run();
    stream = null;
    close(current, failure);
    for (; next < calls.length; next++) {
      Call call = calls[next];
      if (!call.isNotification() && call.reply() instanceof RpcReply.Streamed) {
        watcher.ended(call, failure);
      }
    }
    watcher.over(Future.succeededFuture());
  }
}
