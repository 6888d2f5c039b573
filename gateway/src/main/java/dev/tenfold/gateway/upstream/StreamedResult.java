package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.ResultStream;
import dev.tenfold.toolkit.httpclient.AnswerStream;
import dev.tenfold.toolkit.jsonrpc.ReplyStream;
import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result in a node's answer, checked as it comes. The beginning of the answer, which was read
 * in one piece, is given in slices, so that a slow reader has no more than one of them copied.
 */
final class StreamedResult implements ResultStream {
  private static final int SLICE_BYTES = 64 << 10;

  /** So much of an answer may follow the result: its id, and what nobody asked for. */
  private static final int TAIL_BYTES = 64 << 10;

  private final ReplyStream reader;
  private final AnswerStream rest;
  private final Function<Throwable, Failure> meaning;
  private byte[] piece;
  private int at;
  private int to;
  private int tailBytes;
  private boolean over;
  private Consumer<@Nullable Failure> whenOver = failure -> {};

  /**
   * A result that has begun.
   *
   * @param reader that has just read the beginning
   * @param meaning of it when the rest does not come
   */
  StreamedResult(
      ReplyStream reader,
      byte[] beginning,
      AnswerStream rest,
      Function<Throwable, Failure> meaning) {
    this.reader = reader;
    this.rest = rest;
    this.meaning = meaning;
    this.piece = beginning;
    this.at = reader.resultFrom();
    this.to = reader.resultTo();
  }

  /** Is told once how it ended, with null where it came whole. */
  void onOver(Consumer<@Nullable Failure> action) {
    whenOver = action;
  }

  @Override
  public Future<Part> next() {
    return at < to ? Future.succeededFuture(slice()) : more();
  }

  private Part slice() {
    int from = at;
    at = Math.min(to, from + SLICE_BYTES);
    return new Part.Piece(piece, from, at);
  }

  private Future<Part> more() {
    return rest.next()
        .compose(this::received, thrown -> Future.succeededFuture(broken(meaning.apply(thrown))));
  }

  private Future<Part> received(byte[] bytes) {
    if (bytes.length == 0) {
      return Future.succeededFuture(reader.isWhole() ? whole() : broken(Failure.NODE_NOT_JSON_RPC));
    }
    boolean right = reader.read(bytes, 0, bytes.length);
    piece = bytes;
    at = reader.resultFrom();
    to = reader.resultTo();
    tailBytes += bytes.length - (to - at);
    if (!right || tailBytes > TAIL_BYTES) {
      return Future.succeededFuture(broken(LargeAnswerReader.fault(reader)));
    }
    return next();
  }

  private Part whole() {
    end(null);
    return new Part.Whole();
  }

  private Part broken(Failure failure) {
    rest.cancel();
    end(failure);
    return new Part.Broken(failure);
  }

  private void end(@Nullable Failure failure) {
    at = to;
    if (!over) {
      over = true;
      whenOver.accept(failure);
    }
  }

  @Override
  public int heldBytes() {
    return at < to ? piece.length : 0;
  }

  @Override
  public void cancel() {
    if (!over) {
      rest.cancel();
      end(Failure.CALLER_GONE);
    }
  }
}
