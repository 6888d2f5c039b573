package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rest of one answer. Confined to the connection's event loop, but for {@link #next}, {@link
 * #cancel} and {@link #fail}.
 */
final class BodyStream implements AnswerStream {
  /** A piece is not smaller while more of it has arrived. */
  private static final int PIECE_BYTES = 32 << 10;

  private final ClientPool pool;
  private final Carrier carrier;
  private final Exchange exchange;
  private final BodySource source;
  private final RoomShare share;
  private long leftBytes;
  private boolean atEnd;
  private boolean waitsForPeer;
  private @Nullable ClientException failure;
  private @Nullable Promise<byte[]> asked;

  /**
   * A stream of what comes out of the source.
   *
   * @param leftBytes so many may still come
   */
  BodyStream(
      ClientPool pool, Carrier carrier, Exchange exchange, BodySource source, long leftBytes) {
    this.pool = pool;
    this.carrier = carrier;
    this.exchange = exchange;
    this.source = source;
    this.share = new RoomShare(pool.room());
    this.leftBytes = leftBytes;
  }

  @Override
  public Future<byte[]> next() {
    Promise<byte[]> piece = exchange.context.promise();
    carrier.client().run(() -> ask(piece));
    return piece.future();
  }

  @Override
  public byte[] read() throws ClientException, InterruptedException {
    Blocking.refuseOnEventLoop("next");
    return Blocking.await(next(), this::cancel);
  }

  @Override
  public void cancel() {
    exchange.cancel();
  }

  private void ask(Promise<byte[]> piece) {
    if (asked != null) {
      piece.fail(new IllegalStateException("the piece before has not come yet"));
    } else {
      asked = piece;
      proceed();
    }
  }

  /** More has arrived at the source. */
  void arrived(boolean last) throws AnswerFailure {
    atEnd = last;
    if (!share.hold(source.waiting())) {
      throw new AnswerFailure(Kind.NO_ROOM);
    }
  }

  /** Gives what was asked for, if it is there; else has it read. */
  void proceed() {
    if (asked == null) {
      return;
    }
    if (failure != null) {
      give(failure);
      return;
    }
    try {
      byte[] piece = take();
      if (piece.length > 0) {
        give(piece);
      } else if (atEnd) {
        end();
      } else {
        waitsForPeer = true;
        pool.awaitPeer(exchange);
        carrier.read();
      }
    } catch (AnswerFailure e) {
      pool.fail(exchange, e.kind());
    }
  }

  private byte[] take() throws AnswerFailure {
    byte[] piece = {};
    try {
      ByteBuf plain = source.next();
      while (plain != null) {
        piece = joined(piece, plain);
        plain = piece.length < PIECE_BYTES ? source.next() : null;
      }
    } catch (DecoderException e) {
      throw new AnswerFailure(Kind.BAD_ANSWER);
    }
    share.hold(source.waiting());
    leftBytes -= piece.length;
    if (leftBytes < 0) {
      throw new AnswerFailure(Kind.TOO_LARGE);
    }
    return piece;
  }

  private static byte[] joined(byte[] piece, ByteBuf plain) {
    int length = plain.readableBytes();
    byte[] longer = Arrays.copyOf(piece, piece.length + length);
    plain.readBytes(longer, piece.length, length);
    plain.release();
    return longer;
  }

  private void end() throws AnswerFailure {
    if (!source.mayEnd()) {
      throw new AnswerFailure(Kind.BAD_ANSWER);
    }
    close();
    pool.end(exchange);
    give(new byte[0]);
  }

  private void give(byte[] piece) {
    if (waitsForPeer) {
      waitsForPeer = false;
      pool.awaitCaller(exchange);
    }
    Promise<byte[]> told = asked;
    asked = null;
    if (told != null) {
      told.complete(piece);
    }
  }

  private void give(ClientException failed) {
    Promise<byte[]> told = asked;
    asked = null;
    if (told != null) {
      told.fail(failed);
    }
  }

  private void close() {
    source.close();
    share.release();
  }

  /** The call has failed. From any thread. */
  void fail(ClientException cause) {
    carrier.client().run(() -> failed(cause));
  }

  private void failed(ClientException cause) {
    failure = cause;
    close();
    give(cause);
  }
}
