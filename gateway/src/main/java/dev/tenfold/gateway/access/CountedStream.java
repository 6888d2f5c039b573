package dev.tenfold.gateway.access;

import dev.tenfold.gateway.rpc.ResultStream;
import io.vertx.core.Future;
import java.util.function.LongConsumer;

/** A result that streams, and tells once, at its end, how many bytes of it came. */
final class CountedStream implements ResultStream {
  private final ResultStream stream;
  private final LongConsumer whenEnded;
  private long bytes;
  private boolean ended;

  CountedStream(ResultStream stream, LongConsumer whenEnded) {
    this.stream = stream;
    this.whenEnded = whenEnded;
  }

  @Override
  public Future<Part> next() {
    return stream.next().onSuccess(this::came);
  }

  private void came(Part part) {
    if (part instanceof Part.Piece piece) {
      bytes += piece.length();
    } else {
      end();
    }
  }

  @Override
  public int heldBytes() {
    return stream.heldBytes();
  }

  @Override
  public void cancel() {
    stream.cancel();
    end();
  }

  private void end() {
    if (!ended) {
      ended = true;
      whenEnded.accept(bytes);
    }
  }
}
