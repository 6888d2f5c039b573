package dev.tenfold.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.ResultStream;
import dev.tenfold.gateway.rpc.ResultStream.Part;
import dev.tenfold.gateway.rpc.RpcReply;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers larger than what is read whole, which is 32 KiB here. */
@Timeout(30)
class LargeAnswerTest extends OneNode {
  private static final String LARGE = "\"" + "a".repeat(150_000) + "\"";

  private ResultStream streamed(ScriptedNode.Script script) {
    RpcReply reply = ask(script);
    assertThat(reply).isInstanceOf(RpcReply.Streamed.class);
    return ((RpcReply.Streamed) reply).result();
  }

  private Failure failure(ScriptedNode.Script script) {
    RpcReply reply = ask(script);
    assertThat(reply).isInstanceOf(RpcReply.RpcError.class);
    return ((RpcReply.RpcError) reply).failure();
  }

  /** Reads to the end; how that was. */
  private Part end(ResultStream stream, StringBuilder text) {
    return bench.on(() -> read(stream, text));
  }

  private static Future<Part> read(ResultStream stream, StringBuilder text) {
    return stream
        .next()
        .compose(
            part -> {
              if (!(part instanceof Part.Piece piece)) {
                return Future.succeededFuture(part);
              }
              byte[] json = piece.json();
              text.append(
                  new String(json, piece.from(), piece.length(), StandardCharsets.US_ASCII));
              return read(stream, text);
            });
  }

  private Failure broken(ScriptedNode.Script script) {
    Part end = end(streamed(script), new StringBuilder());
    assertThat(end).isInstanceOf(Part.Broken.class);
    return ((Part.Broken) end).failure();
  }

  @Test
  void aLargeResultStreamsAndIsCountedOnceAtItsEnd() {
    ResultStream stream = streamed(exchange -> exchange.result(LARGE));
    assertThat(bench.heard).isEmpty();
    StringBuilder text = new StringBuilder();
    assertThat(end(stream, text)).isInstanceOf(Part.Whole.class);
    assertThat(text.toString()).isEqualTo(LARGE);
    assertThat(bench.heard).containsExactly("call main#1 null");
  }

  @Test
  void whatTheBeginningShowsIsAFailureOfTheAttempt() {
    assertThat(failure(e -> e.send(200, "{\"id\":-1,\"result\":" + LARGE + "}")))
        .isEqualTo(Failure.NODE_WRONG_ID);
    assertThat(failure(e -> e.send(200, "<html>" + LARGE))).isEqualTo(Failure.NODE_NOT_JSON_RPC);
    assertThat(failure(e -> e.send(502, "<html>" + LARGE))).isEqualTo(Failure.NODE_HTTP_ERROR);
    assertThat(failure(e -> e.send(403, "<html>" + LARGE))).isEqualTo(Failure.NODE_REFUSED_US);
    assertThat(failure(e -> e.send(429, "<html>" + LARGE))).isEqualTo(Failure.NODE_RATE_LIMITED);
    assertThat(failure(e -> e.error("{\"code\":-32000,\"message\":" + LARGE + "}")))
        .isEqualTo(Failure.NODE_ANSWER_TOO_LARGE);
    assertThat(failure(e -> e.send(200, "{\"x\":" + LARGE + ",\"id\":1,\"result\":1}")))
        .isEqualTo(Failure.NODE_ANSWER_TOO_LARGE);
  }

  @Test
  void whatBreaksLaterIsHeldAgainstTheNode() {
    assertThat(broken(e -> e.send(200, "{\"result\":" + LARGE + ",\"id\":-1}")))
        .isEqualTo(Failure.NODE_WRONG_ID);
    assertThat(broken(e -> e.send(200, "{\"id\":" + e.id() + ",\"result\":" + LARGE)))
        .isEqualTo(Failure.NODE_NOT_JSON_RPC);
    assertThat(
            broken(
                e -> {
                  e.response().putHeader("Content-Length", "160000");
                  e.response().write("{\"id\":" + e.id() + ",\"result\":" + LARGE);
                  e.later(NodeBench.ATTEMPT.dividedBy(3), () -> e.response().reset());
                }))
        .isEqualTo(Failure.NODE_BROKE_OFF);
    assertThat(bench.heard)
        .containsExactly(
            "call main#1 NODE_WRONG_ID",
            "call main#1 NODE_NOT_JSON_RPC",
            "call main#1 NODE_BROKE_OFF");
    assertThat(upstream.isWell()).isFalse();
  }

  @Test
  void aNodeThatFallsSilentInTheMiddleIsGivenUpAfterTheTimeOfAnAttempt() {
    assertThat(
            broken(
                e -> {
                  e.response().setChunked(true);
                  e.response().write("{\"id\":" + e.id() + ",\"result\":" + LARGE);
                }))
        .isEqualTo(Failure.NODE_SILENT);
  }

  @Test
  void moreThanTheLargestAnswerBreaks() {
    assertThat(
            broken(
                e -> {
                  e.response().setChunked(true);
                  e.response().write("{\"id\":" + e.id() + ",\"result\":[" + LARGE + ",");
                  e.response().end(LARGE + "]}");
                }))
        .isEqualTo(Failure.NODE_ANSWER_TOO_LARGE);
  }

  @Test
  void aStreamThatNobodyWantsIsCancelledAndNotHeldAgainstTheNode() {
    ResultStream stream = streamed(exchange -> exchange.result(LARGE));
    bench.on(
        () -> {
          stream.cancel();
          stream.cancel();
          return Future.succeededFuture();
        });
    assertThat(bench.heard).containsExactly("call main#1 CALLER_GONE");
    assertThat(upstream.isWell()).isTrue();
  }
}
