package dev.tenfold.loadgen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
  private static final String BODY =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"a\\\"}\":[1,{\"id\":3,\"error\":{}}],\"b\":\"\\\\\"}}\n";
  private static final String LATE_ID =
      "{ \"result\" : {\"a\\\"}\":[1,{\"id\":3,\"error\":{}}]} , \"error\":null, \"id\" : 7 }";
  private static final String BATCH =
      "[{\"id\":8,\"result\":[{\"id\":1}]},{\"result\":null,\"id\":7}]";

  private static String whole(String body) {
    return "HTTP/1.1 200 OK\r\nCONTENT-LENGTH:  " + body.length() + "\r\nx: y\r\n\r\n" + body;
  }

  private static String chunked(String body) {
    StringBuilder reply = new StringBuilder("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\n");
    reply.append("Transfer-Encoding: Chunked\nCache-Status: a; fwd=miss, Tenfold;hit\n\n");
    for (int at = 0; at < body.length(); at += 13) {
      String chunk = body.substring(at, Math.min(body.length(), at + 13));
      reply.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk).append("\r\n");
    }
    return reply.append("0\r\nx: y\r\n\r\n").toString();
  }

  /** Cuts the reply at each two places. */
  @ParameterizedTest
  @ValueSource(strings = {BODY, LATE_ID, BATCH})
  void aReplyIsReadAlikeWhereverItIsCut(String body) {
    for (String reply : new String[] {whole(body), chunked(body)}) {
      byte[] bytes = reply.getBytes(ISO_8859_1);
      for (int first = 0; first <= bytes.length; first += 1) {
        for (int second = first; second <= bytes.length; second += 7) {
          ReplyReader reader = new ReplyReader();
          reader.begin(7, body.equals(BATCH) ? 2 : 1);
          reader.read(bytes, 0, first);
          reader.read(bytes, first, second);
          assertThat(second < bytes.length && reader.isDone()).isFalse();
          reader.read(bytes, second, bytes.length);

          assertThat(reader.isDone()).isTrue();
          assertThat(reader.body().isWhole()).isTrue();
          assertThat(reader.body().isWrongId()).isFalse();
          assertThat(reader.body().errors()).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n",
        "HTTP/3 200 OK\r\n",
        "\r\n",
      })
  void whatIsNotHttpBreaksTheReply(String reply) {
    ReplyReader reader = new ReplyReader();
    reader.begin(1, 1);
    reader.read(reply.getBytes(ISO_8859_1), 0, reply.length());

    assertThat(reader.isBroken()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"})
  void aReplyWithoutALengthEndsWithItsConnection(String head) {
    ReplyReader reader = new ReplyReader();
    String reply = head + BODY;
    reader.begin(7, 1);
    reader.read(reply.getBytes(ISO_8859_1), 0, reply.length());
    assertThat(reader.isDone()).isFalse();

    assertThat(reader.endOfConnection()).isTrue();
    assertThat(reader.isClosing()).isTrue();
    assertThat(reader.body().isWhole()).isTrue();
  }
}
