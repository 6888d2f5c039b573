package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import dev.tenfold.toolkit.jsonrpc.ReplyScanner;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says what an HTTP answer of a node means as the answer to one JSON-RPC call.
 *
 * <p>What is valid is read generously. What is not the answer to this call never gets past here.
 * Not thread-safe; one for each answer.
 */
final class AnswerReader {
  /** As the answers stage has no say yet, every answer of a node is one that was not kept. */
  static final CacheStatus FORWARDED = CacheStatus.miss(MissReason.NEVER_KEPT);

  static final int MAX_DEPTH = 1_024;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;

  private final InstantSource clock;
  private final ReplyScanner scanner = new ReplyScanner(MAX_DEPTH);

  AnswerReader(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Reads an answer.
   *
   * @param status of HTTP
   * @param retryAfter the header of that name
   * @param body all of it
   * @param id of the call
   * @param nodeFinalized for the result, or the error
   */
  Answer read(int status, @Nullable String retryAfter, byte[] body, long id, long nodeFinalized) {
    if (status == TOO_MANY_REQUESTS) {
      return rateLimited(retryAfter);
    }
    ReplyScanner.Reply reply = scanner.scan(body, 0, body.length);
    boolean answered = reply == ReplyScanner.Reply.RESULT || reply == ReplyScanner.Reply.ERROR;
    if (!answered || (!isSuccess(status) && reply == ReplyScanner.Reply.RESULT)) {
      return Answer.of(isSuccess(status) ? Failure.NODE_NOT_JSON_RPC : ofStatus(status));
    }
    return reply == ReplyScanner.Reply.RESULT
        ? result(body, id, nodeFinalized)
        : error(status, retryAfter, body, id, nodeFinalized);
  }

  private Answer result(byte[] body, long id, long nodeFinalized) {
    if (!isId(body, id)) {
      return Answer.of(Failure.NODE_WRONG_ID);
    }
    byte[] json = Arrays.copyOfRange(body, scanner.resultFrom(), scanner.resultTo());
    return new Answer(new RpcReply.Result(json, FORWARDED, nodeFinalized), null);
  }

  private Answer error(
      int status, @Nullable String retryAfter, byte[] body, long id, long nodeFinalized) {
    if (!JsonSpans.isObject(body, scanner.errorFrom())) {
      return Answer.of(Failure.NODE_NOT_JSON_RPC);
    }
    boolean noId = scanner.idFrom() == scanner.idTo() || JsonSpans.isNull(body, scanner.idFrom());
    if (!noId && !isId(body, id)) {
      return Answer.of(Failure.NODE_WRONG_ID);
    }
    ErrorMeaning meaning = meaning(body);
    if (!isAnswer(status, meaning)) {
      return Answer.of(ofStatus(status));
    }
    if (meaning == ErrorMeaning.RATE_LIMITED) {
      return rateLimited(retryAfter);
    }
    byte[] json = Arrays.copyOfRange(body, scanner.errorFrom(), scanner.errorTo());
    return new Answer(
        new RpcReply.RpcError(json, meaning.failure(), FORWARDED, 0, nodeFinalized, false),
        meaning);
  }

  private Answer rateLimited(@Nullable String retryAfter) {
    byte[] ours = Failure.ALL_RATE_LIMITED.reply().json();
    int rest = RetryAfter.seconds(retryAfter, clock);
    return new Answer(
        new RpcReply.RpcError(ours, Failure.NODE_RATE_LIMITED, FORWARDED, rest),
        ErrorMeaning.RATE_LIMITED);
  }

  private ErrorMeaning meaning(byte[] body) {
    return ErrorMeaning.of(
        scanner.errorCode(),
        text(body, scanner.errorMessageFrom(), scanner.errorMessageTo()),
        text(body, scanner.errorDataFrom(), scanner.errorDataTo()));
  }

  private boolean isId(byte[] body, long id) {
    return JsonSpans.equalsAscii(body, scanner.idFrom(), scanner.idTo(), Long.toString(id));
  }

  /** A refusal of us, or a server that fails, is believed before the words that come with it. */
  private static boolean isAnswer(int status, ErrorMeaning meaning) {
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      return meaning == ErrorMeaning.LACKS_METHOD || meaning == ErrorMeaning.RATE_LIMITED;
    }
    return status < 500 || meaning.isDeterministic();
  }

  private static Failure ofStatus(int status) {
    return status == UNAUTHORIZED || status == FORBIDDEN
        ? Failure.NODE_REFUSED_US
        : Failure.NODE_HTTP_ERROR;
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  /** A string decoded, anything else as it is written. */
  private static String text(byte[] body, int from, int to) {
    if (from == to) {
      return "";
    }
    return JsonSpans.isString(body, from)
        ? JsonSpans.string(body, from, to)
        : new String(body, from, to - from, StandardCharsets.UTF_8);
  }

  /**
   * What an answer means.
   *
   * @param reply for the caller, unless another node does better
   * @param meaning of the node's error, or null where it sent none
   */
  record Answer(RpcReply reply, @Nullable ErrorMeaning meaning) {
    static Answer of(Failure failure) {
      return new Answer(failure.reply(), null);
    }
  }
}
