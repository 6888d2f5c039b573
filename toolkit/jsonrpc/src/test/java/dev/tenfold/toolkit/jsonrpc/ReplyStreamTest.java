package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

class ReplyStreamTest {
  private static final int MAX_DEPTH = 6;

  private final ReplyStream stream = new ReplyStream(MAX_DEPTH, "17");

  private boolean read(String piece) {
    byte[] bytes = piece.getBytes(UTF_8);
    return stream.read(bytes, 0, bytes.length);
  }

  private int resultBytes() {
    return stream.resultTo() - stream.resultFrom();
  }

  @Example
  void eachPieceTellsWhichOfItsBytesBelongToTheResult() {
    assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1")).isTrue();
    assertThat(resultBytes()).isZero();
    assertThat(read("7,\"resu")).isTrue();
    assertThat(stream.hasResult()).isFalse();
    assertThat(read("lt\": [1,")).isTrue();
    assertThat(stream.hasResult()).isTrue();
    assertThat(stream.resultFrom()).isEqualTo(5);
    assertThat(stream.resultTo()).isEqualTo(8);
    assertThat(read("\"é\"")).isTrue();
    assertThat(resultBytes()).isEqualTo(4);
    assertThat(read(" ] }")).isTrue();
    assertThat(resultBytes()).isEqualTo(2);
    assertThat(stream.isWhole()).isTrue();
    assertThat(read("\n")).isTrue();
    assertThat(resultBytes()).isZero();
    assertThat(stream.isWhole()).isTrue();
  }

  @Example
  void anAnswerIsNotWholeBeforeItsEnd() {
    assertThat(read("{\"id\":17,\"result\":12")).isTrue();
    assertThat(stream.isWhole()).isFalse();
    assertThat(read("3")).isTrue();
    assertThat(stream.isWhole()).isFalse();
    assertThat(read("}")).isTrue();
    assertThat(stream.isWhole()).isTrue();
  }

  @Example
  void anotherIdIsToldAtOnceAlsoBehindTheResult() {
    assertThat(read("{\"result\":[1],\"id\":170")).isTrue();
    assertThat(stream.isOfAnotherCall()).isFalse();
    assertThat(read(" }")).isFalse();
    assertThat(stream.isOfAnotherCall()).isTrue();
    assertThat(stream.isError()).isFalse();
    assertThat(stream.isWhole()).isFalse();
  }

  @Example
  void anErrorThatIsNotNullIsToldByItsFirstByte() {
    assertThat(read("{\"id\":17,\"error\":null,\"result\":1}")).isTrue();
    assertThat(stream.isWhole()).isTrue();
    ReplyStream other = new ReplyStream(MAX_DEPTH, "17");
    byte[] failed = "{\"id\":17,\"result\":1,\"err\\u006fr\":{".getBytes(UTF_8);
    assertThat(other.read(failed, 0, failed.length)).isFalse();
    assertThat(other.isError()).isTrue();
    assertThat(other.isOfAnotherCall()).isFalse();
  }

  @Example
  void whatFollowsABreakIsIgnored() {
    assertThat(read("{\"id\":17,\"result\":[1,]")).isFalse();
    assertThat(read("}")).isFalse();
    assertThat(stream.isWhole()).isFalse();
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void agreesWithTheScannerHoweverAnAnswerIsCut(@ForAll Random random) {
    JsonMaker maker = new JsonMaker(random);
    byte[] answer = maker.reply().getBytes(UTF_8);
    Optional<String> expected = agreed(answer, random);

    Statistics.label("has a result")
        .collect(expected.isPresent())
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void agreesWithTheScannerOnMutatedAnswers(@ForAll Random random) {
    JsonMaker maker = new JsonMaker(random);
    agreed(maker.mutated(maker.reply().getBytes(UTF_8)), random);
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void agreesWithTheScannerOnResultsOfAnyKind(@ForAll Random random) {
    JsonMaker maker = new JsonMaker(random);
    byte[] value = maker.mutated(maker.spell(maker.value(4)).getBytes(UTF_8));
    byte[] head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":".getBytes(UTF_8);
    byte[] answer = Arrays.copyOf(head, head.length + value.length + 1);
    System.arraycopy(value, 0, answer, head.length, value.length);
    answer[answer.length - 1] = '}';
    agreed(answer, random);
  }

  @Property(tries = 2_000)
  void agreesWithTheScannerOnAnyBytes(@ForAll byte[] bytes, @ForAll Random random) {
    agreed(bytes, random);
  }

  private static Optional<String> agreed(byte[] answer, Random random) {
    String id = random.nextInt(8) == 0 ? "1" : CutReply.id(answer, MAX_DEPTH);
    Optional<String> expected = CutReply.whole(answer, MAX_DEPTH, id);
    assertThat(CutReply.inPieces(answer, MAX_DEPTH, id, at -> 1 + random.nextInt(12)))
        .as(() -> new String(answer, UTF_8))
        .isEqualTo(expected);
    assertThat(CutReply.inPieces(answer, MAX_DEPTH, id, at -> 1)).isEqualTo(expected);
    assertThat(CutReply.inPieces(answer, MAX_DEPTH, id, at -> answer.length)).isEqualTo(expected);
    return expected;
  }
}
