package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.jsonrpc.RequestScanner.Body;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Problem;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

class ScannersAgreeWithTheOracleTest {
  private static final int MAX_DEPTH = 6;
  private static final int MAX_BATCH = 4;

  private final RequestScanner requests = new RequestScanner(MAX_DEPTH, MAX_BATCH);
  private final ReplyScanner replies = new ReplyScanner(MAX_DEPTH);

  private RequestOracle agreeOnRequest(byte[] body) {
    RequestOracle expected = RequestOracle.judge(body, MAX_DEPTH, MAX_BATCH);
    assertThat(RequestOracle.scanned(requests, body))
        .as(() -> new String(body, UTF_8))
        .isEqualTo(expected);
    return expected;
  }

  private ReplyOracle agreeOnReply(byte[] body) {
    ReplyOracle expected = ReplyOracle.judge(body, MAX_DEPTH);
    assertThat(ReplyOracle.scanned(replies, body))
        .as(() -> new String(body, UTF_8))
        .isEqualTo(expected);
    return expected;
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void onRequests(@ForAll Random random) {
    RequestOracle verdict = agreeOnRequest(new JsonMaker(random).request().getBytes(UTF_8));

    boolean valid = verdict.calls().stream().anyMatch(call -> call.problem() == Problem.NONE);
    Statistics.label("holds a valid call")
        .collect(valid)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
    Statistics.label("shape")
        .collect(verdict.body())
        .coverage(coverage -> coverage.check(Body.BATCH).percentage(share -> share > 5));
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void onMutatedRequests(@ForAll Random random) {
    JsonMaker maker = new JsonMaker(random);
    RequestOracle verdict = agreeOnRequest(maker.mutated(maker.request().getBytes(UTF_8)));

    Statistics.label("share")
        .collect(verdict.body() == Body.NOT_JSON)
        .coverage(coverage -> coverage.check(false).percentage(share -> share > 5));
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void onReplies(@ForAll Random random) {
    agreeOnReply(new JsonMaker(random).reply().getBytes(UTF_8));
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void onMutatedReplies(@ForAll Random random) {
    JsonMaker maker = new JsonMaker(random);
    agreeOnReply(maker.mutated(maker.reply().getBytes(UTF_8)));
  }

  @Property(tries = 2_000)
  void onAnyBytes(@ForAll byte[] bytes) {
    agreeOnRequest(bytes);
    agreeOnReply(bytes);
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void onStringsOfAnyBytes(@ForAll Random random) {
    byte[] string = new byte[2 + random.nextInt(24)];
    for (int i = 1; i < string.length - 1; i++) {
      // Mostly bytes that start or go on with a sequence of UTF-8.
      string[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 128 + random.nextInt(128));
    }
    string[0] = string[string.length - 1] = '"';
    agreeOnRequest(string);
  }
}
