package dev.tenfold.gateway.access;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.ResultStream;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A result that streams, and tells once, at its end, how many bytes of it came. */
final class CountedStream implements ResultStream {
  private final ResultStream stream;
  private final Ending whenEnded;
  private long bytes;
  private boolean ended;

  /** Is told once how many bytes came, and why not all if it broke. */
  interface Ending {
    void ended(long bytes, @Nullable Failure failure);
  }

  CountedStream(ResultStream stream, Ending whenEnded) {
    this.stream = stream;
    this.whenEnded = whenEnded;
  }

  @Override
  public Future<Part> next() {
    return stream.next().onSuccess(this::came);
  }

  private void came(Part part) {
    switch (part) {
      case Part.Piece piece -> bytes += piece.length();
      case Part.Whole _ -> end(null);
      case Part.Broken broken -> end(broken.failure());
    }
  }

  @Override
  public int heldBytes() {
    return stream.heldBytes();
  }

  @Override
  public void cancel() {
    stream.cancel();
    end(null);
  }

  private void end(@Nullable Failure failure) {
    if (!ended) {
      ended = true;
      whenEnded.ended(bytes, failure);
    }
  }
}
