package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/**
 * Replays the inputs under {@code src/test/resources/dev/tenfold/toolkit/jsonrpc/} in each build,
 * and searches for more when told to; see the package's documentation.
 */
class JsonRpcFuzzTest {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_BATCH = 8;
  private static final String LONG = "10m";

  @FuzzTest(maxDuration = LONG)
  void theRequestScannerAgreesWithTheOracle(byte[] body) {
    RequestScanner scanner = new RequestScanner(MAX_DEPTH, MAX_BATCH);

    assertThat(RequestOracle.scanned(scanner, body))
        .isEqualTo(RequestOracle.judge(body, MAX_DEPTH, MAX_BATCH));
  }

  @FuzzTest(maxDuration = LONG)
  void theReplyScannerAgreesWithTheOracle(byte[] body) {
    assertThat(ReplyOracle.scanned(new ReplyScanner(MAX_DEPTH), body))
        .isEqualTo(ReplyOracle.judge(body, MAX_DEPTH));
  }

  @FuzzTest(maxDuration = LONG)
  void theReplyStreamAgreesWithTheReplyScanner(byte[] body) {
    String id = CutReply.id(body, MAX_DEPTH);
    Optional<String> expected = CutReply.whole(body, MAX_DEPTH, id);

    for (int length : new int[] {1, 3, 11, Math.max(1, body.length)}) {
      assertThat(CutReply.inPieces(body, MAX_DEPTH, id, at -> length)).isEqualTo(expected);
    }
  }

  @FuzzTest(maxDuration = LONG)
  void theCanonicalFormKeepsTheMeaning(byte[] json) {
    CanonicalWriter writer = new CanonicalWriter();
    Optional<Object> meaning = Meaning.of(json);

    assertThat(writer.write(json, 0, json.length)).isEqualTo(meaning.isPresent());
    if (meaning.isPresent()) {
      String form = new String(writer.array(), 0, writer.length(), UTF_8);
      assertThat(Meaning.of(form.getBytes(UTF_8))).isEqualTo(meaning);
    }
  }
}
