package dev.tenfold.gateway.upstream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.upstream.AnswerReader.Answer;
import dev.tenfold.toolkit.httpclient.AnswerStream;
import dev.tenfold.toolkit.httpclient.ClientException;
import dev.tenfold.toolkit.httpclient.HttpAnswer;
import dev.tenfold.toolkit.httpclient.HttpCall;
import dev.tenfold.toolkit.httpclient.Target;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts JSON-RPC calls to one node over HTTP. Thread-safe. */
final class NodeClient {
  private static final Logger LOG = LoggerFactory.getLogger(NodeClient.class);

  private final String name;
  private final Network network;
  private final InstantSource clock;
  private final LargeAnswerReader large;
  private final HttpCall template;
  private final AtomicLong lastId = new AtomicLong();

  /**
   * A client of the node.
   *
   * @param via the value of the header {@code Via}
   * @throws IllegalArgumentException if the URL or a header can't be used; the message does not
   *     repeat the URL
   */
  NodeClient(UpstreamSettings settings, Network network, String via, InstantSource clock) {
    this.name = settings.name();
    this.network = network;
    this.clock = clock;
    this.large = new LargeAnswerReader(clock, this::failure);
    Map<String, String> headers = new HashMap<>(settings.headers());
    headers.put("Content-Type", "application/json");
    headers.put("Via", via);
    this.template = HttpCall.post(Target.of(settings.url()), Map.copyOf(headers), new byte[0]);
  }

  /** Asks, and says what the answer means. */
  Asked ask(Question question) {
    long id = lastId.incrementAndGet();
    HttpCall call =
        new HttpCall(
            template.method(),
            template.target(),
            template.headers(),
            question.body(id),
            question.timeout(),
            question.repeatable(),
            question.wholeBytes());
    Network.Sent sent = network.send(call);
    Future<Answer> answer =
        sent.answer()
            .map(http -> read(http, id, question))
            .recover(thrown -> Future.succeededFuture(Answer.of(failure(thrown))));
    return new Asked(answer, sent.cancel());
  }

  /** Asks for several blocks in one request. */
  Future<HeaderBatch.Answer> ask(HeaderBatch batch, Duration timeout) {
    long firstId = lastId.getAndAdd(batch.size()) + 1;
    HttpCall call =
        new HttpCall(
            template.method(),
            template.target(),
            template.headers(),
            batch.body(firstId),
            timeout,
            true,
            template.wholeBytes());
    return network
        .send(call)
        .answer()
        .map(http -> batch.read(http.status(), http.body(), firstId))
        .recover(thrown -> Future.succeededFuture(HeaderBatch.Answer.of(failure(thrown))));
  }

  private Answer read(HttpAnswer http, long id, Question question) {
    AnswerStream rest = http.rest();
    if (rest != null) {
      return large.read(http, rest, id, question.finalized());
    }
    return new AnswerReader(clock)
        .read(http.status(), http.header("Retry-After"), http.body(), id, question.finalized());
  }

  private Failure failure(Throwable thrown) {
    if (thrown instanceof ClientException e) {
      return failure(e.kind(), e.mayHaveBeenSent());
    }
    LOG.error("{}: an answer could not be read", name, thrown);
    return Failure.INTERNAL;
  }

  private static Failure failure(ClientException.Kind kind, boolean mayHaveBeenSent) {
    return switch (kind) {
      case CONNECT, TLS -> Failure.NODE_UNREACHABLE;
      case TIMEOUT -> mayHaveBeenSent ? Failure.NODE_SILENT : Failure.NODE_NOT_ASKED_IN_TIME;
      case CLOSED -> mayHaveBeenSent ? Failure.NODE_BROKE_OFF : Failure.NODE_UNREACHABLE;
      case FULL -> Failure.NODE_BUSY;
      case NO_ROOM -> Failure.IN_FLIGHT_FULL;
      case TOO_LARGE -> Failure.NODE_ANSWER_TOO_LARGE;
      case BAD_ANSWER -> Failure.NODE_NOT_JSON_RPC;
      case SHUT_DOWN -> Failure.SHUTTING_DOWN;
      case CANCELLED -> Failure.CALLER_GONE;
    };
  }

  /**
   * One call.
   *
   * @param method its name
   * @param json holds the parameters, as they are to be sent
   * @param paramsFrom where they begin
   * @param paramsTo where they end; not after {@code paramsFrom} for none
   * @param timeout for the whole of it
   * @param repeatable may be sent twice
   * @param finalized the last block that the node called final
   * @param wholeBytes a larger answer streams
   */
  record Question(
      String method,
      byte[] json,
      int paramsFrom,
      int paramsTo,
      Duration timeout,
      boolean repeatable,
      long finalized,
      long wholeBytes) {

    private static final byte[] PARAMS = ",\"params\":".getBytes(StandardCharsets.US_ASCII);

    /** A call of our own. */
    static Question own(String method, String params, Duration timeout) {
      byte[] json = params.getBytes(StandardCharsets.US_ASCII);
      return new Question(method, json, 0, json.length, timeout, true, -1, Long.MAX_VALUE);
    }

    byte[] body(long id) {
      byte[] head =
          ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + quoted() + '"')
              .getBytes(StandardCharsets.UTF_8);
      byte[] params = paramsTo > paramsFrom ? PARAMS : new byte[0];
      int length = Math.max(0, paramsTo - paramsFrom);
      byte[] body = new byte[head.length + params.length + length + 1];
      System.arraycopy(head, 0, body, 0, head.length);
      System.arraycopy(params, 0, body, head.length, params.length);
      System.arraycopy(json, paramsFrom, body, head.length + params.length, length);
      body[body.length - 1] = '}';
      return body;
    }

    private String quoted() {
      return new String(JsonStringEncoder.getInstance().quoteAsString(method));
    }
  }

  /** A call under way. */
  record Asked(Future<Answer> answer, Runnable cancel) {}
}
