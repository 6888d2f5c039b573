package dev.tenfold.toolkit.httpclient;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Netty's decoder, stricter in one respect, and open in another. */
final class AnswerDecoder extends HttpResponseDecoder {
  private static final int MAX_HEADER_BYTES = 64 << 10;

  /** As much as one read of the socket brings. */
  private static final int MAX_CHUNK_BYTES = 64 << 10;

  private boolean isForHead;

  AnswerDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxChunkSize(MAX_CHUNK_BYTES));
  }

  /** Whether the answers from here on are to HEAD, which announce a body and have none. */
  void isForHead(boolean head) {
    isForHead = head;
  }

  /** Whether there are bytes that came after the last whole message. */
  boolean hasSurplus() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return isForHead || super.isContentAlwaysEmpty(message);
  }

  /** Two lengths that contradict each other: what splits answers (RFC 9112, section 6.3). */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }
}
