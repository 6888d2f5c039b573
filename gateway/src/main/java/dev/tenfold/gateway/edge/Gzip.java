package dev.tenfold.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;

/**
 * Compresses replies and expands requests (RFC 1952). Not thread-safe; it keeps native memory of a
 * quarter of a mebibyte until it is closed.
 */
final class Gzip implements AutoCloseable {
  /** A shorter reply fits into one packet as it is, so that nothing would be saved. */
  static final int SHORTEST = 1_400;

  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};
  private static final int TAIL = 8;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 checksum = new CRC32();

  /** The same in fewer bytes, or as it was if there would be more. */
  ByteBuf compress(byte[] body) {
    byte[] packed = new byte[body.length];
    deflater.reset();
    deflater.setInput(body);
    deflater.finish();
    int end = HEAD.length + deflater.deflate(packed, HEAD.length, body.length - HEAD.length - TAIL);
    if (!deflater.finished()) {
      return Unpooled.wrappedBuffer(body);
    }
    System.arraycopy(HEAD, 0, packed, 0, HEAD.length);
    checksum.reset();
    checksum.update(body);
    ByteBuf whole = Unpooled.wrappedBuffer(packed).writerIndex(end);
    return whole.writeIntLE((int) checksum.getValue()).writeIntLE(body.length);
  }

  /**
   * What was compressed.
   *
   * @param most expanding stops there: what is returned then has one byte more
   * @throws IOException if it is not gzip, or not whole
   */
  static byte[] expand(byte[] bytes, int from, int to, int most) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(bytes, from, to - from))) {
      return in.readNBytes(most + 1);
    }
  }

  @Override
  public void close() {
    deflater.end();
  }
}
