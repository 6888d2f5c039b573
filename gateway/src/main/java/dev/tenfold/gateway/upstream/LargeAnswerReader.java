package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.upstream.AnswerReader.Answer;
import dev.tenfold.toolkit.httpclient.AnswerStream;
import dev.tenfold.toolkit.httpclient.HttpAnswer;
import dev.tenfold.toolkit.jsonrpc.ReplyStream;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * Says what the beginning of an answer means that is too large to be read whole. While that is all
 * that was read, another node may still be asked; so what the beginning shows to be wrong is a
 * failure like that of a small answer.
 */
final class LargeAnswerReader {
  private final InstantSource clock;
  private final Function<Throwable, Failure> meaning;

  /**
   * A reader of any number of answers.
   *
   * @param meaning of it when the rest of an answer does not come
   */
  LargeAnswerReader(InstantSource clock, Function<Throwable, Failure> meaning) {
    this.clock = clock;
    this.meaning = meaning;
  }

  /** Reads the beginning; the rest goes to the reply, or is cancelled. */
  Answer read(HttpAnswer http, AnswerStream rest, long id, long nodeFinalized) {
    if (http.status() < 200 || http.status() >= 300) {
      rest.cancel(); // Of what comes with such a status so much is never an answer.
      return new AnswerReader(clock)
          .read(http.status(), http.header("Retry-After"), new byte[0], id, nodeFinalized);
    }
    ReplyStream reader = new ReplyStream(AnswerReader.MAX_DEPTH, Long.toString(id));
    boolean right = reader.read(http.body(), 0, http.body().length);
    if (!right || !reader.hasResult()) {
      rest.cancel();
      return Answer.of(right ? Failure.NODE_ANSWER_TOO_LARGE : fault(reader));
    }
    StreamedResult result = new StreamedResult(reader, http.body(), rest, meaning);
    return new Answer(new RpcReply.Streamed(result, AnswerReader.FORWARDED), null);
  }

  /** What is wrong with an answer. An error is held to be read whole, or not at all. */
  static Failure fault(ReplyStream reader) {
    if (reader.isOfAnotherCall()) {
      return Failure.NODE_WRONG_ID;
    }
    return reader.isError() ? Failure.NODE_ANSWER_TOO_LARGE : Failure.NODE_NOT_JSON_RPC;
  }
}
