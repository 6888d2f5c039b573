package dev.tenfold.toolkit.httpclient;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Takes gzip off (RFC 1952). It is fed {@value #SLICE_BYTES} bytes at a time, which no more than
 * 528 KiB can come out of (deflate packs 1,032 bytes into one at best): however much a peer packs
 * into what it sends, that is all that is ever held of it.
 */
final class GzipSource extends BodySource {
  private static final int SLICE_BYTES = 512;

  private final JdkZlibDecoder gunzip = new JdkZlibDecoder(ZlibWrapper.GZIP, 0);
  private final EmbeddedChannel decoder = new EmbeddedChannel(gunzip);
  private boolean begun;

  @Override
  @Nullable ByteBuf next() {
    ByteBuf plain = decoder.readInbound();
    while (plain == null) {
      ByteBuf slice = take(SLICE_BYTES);
      if (slice == null) {
        return null;
      }
      begun |= slice.isReadable();
      decoder.writeInbound(slice);
      plain = decoder.readInbound();
    }
    return plain;
  }

  /** At the end of the gzip member, its checksum right; a body of no bytes at all is empty. */
  @Override
  boolean mayEnd() {
    return gunzip.isClosed() || !begun;
  }

  @Override
  void close() {
    super.close();
    try {
      decoder.finishAndReleaseAll();
    } catch (DecoderException e) {
      return; // It is known to be broken, or nobody wants the rest.
    }
  }
}
