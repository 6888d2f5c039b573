package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.chain.ChainIdentity;
import dev.tenfold.gateway.chain.HeadSource;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.rpc.AskedBlock.ByHash;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.gateway.upstream.AnswerReader.Answer;
import dev.tenfold.gateway.upstream.NodeClient.Asked;
import dev.tenfold.gateway.upstream.NodeClient.Question;
import dev.tenfold.gateway.upstream.NodeHealth.Asker;
import dev.tenfold.toolkit.httpclient.ClientPool;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One node: asks it, reads what it says, and keeps account of how well it is.
 *
 * <p>Calls may come from any event loop; those of {@link HeadSource} from one. The chain id is
 * checked before the answers of a node are used: at the start, and whenever it has failed.
 */
public final class Upstream implements Node, HeadSource {
  private static final Set<MethodClass> CHANGING =
      Set.of(MethodClass.PASS, MethodClass.UNKNOWN, MethodClass.DENIED, MethodClass.FILTER);

  private final UpstreamSettings settings;
  private final NodeHealth health;
  private final NodeRecord log;
  private final NodeClient client;
  private final NodeProbe probe;
  private final AddressGuard guard;
  private final HashForms hashForms;
  private final long bufferedBytes;
  private final LongSupplier nanos;

  /**
   * A node that nobody has asked yet.
   *
   * @param settings its address and what goes with it
   * @param pool not owned
   * @param identity of the chain, shared by all its nodes
   * @param via the value of the header {@code Via}, by which the gateway knows what it sent
   * @param patience how long our own calls may take: the {@code attempt-timeout}
   * @param bufferedBytes answers to callers' calls that are larger stream
   * @param listener hears of every attempt
   * @param nanos as {@link System#nanoTime}
   * @param clock for dates in {@code Retry-After}
   */
  public Upstream(
      UpstreamSettings settings,
      ClientPool pool,
      ChainIdentity identity,
      String via,
      Duration patience,
      long bufferedBytes,
      UpstreamListener listener,
      LongSupplier nanos,
      InstantSource clock) {
    this(
        settings, Network.of(pool), identity, via, patience, bufferedBytes, listener, nanos, clock);
  }

  Upstream(
      UpstreamSettings settings,
      Network network,
      ChainIdentity identity,
      String via,
      Duration patience,
      long bufferedBytes,
      UpstreamListener listener,
      LongSupplier nanos,
      InstantSource clock) {
    this.settings = settings;
    this.nanos = nanos;
    this.bufferedBytes = bufferedBytes;
    this.health = new NodeHealth(nanos);
    this.log =
        new NodeRecord(settings.name(), health, listener, new NodeLog(settings.name(), nanos));
    this.client = new NodeClient(settings, network, via, clock);
    this.probe = new NodeProbe(settings.name(), client, health, log, identity, patience, nanos);
    this.guard = new AddressGuard(settings.url());
    this.hashForms = new HashForms(nanos);
  }

  @Override
  public String name() {
    return settings.name();
  }

  /** For people, in a few words: where its head is, or why it is not used. */
  public String finding() {
    if (health.isOfWrongChain()) {
      return "refused, it is a node of another chain";
    }
    return health.isWell() && probe.newestNumber() != Snapshot.UNKNOWN
        ? "at block " + probe.newestNumber()
        : "does not answer";
  }

  @Override
  public int weight() {
    return settings.weight();
  }

  @Override
  public boolean isBackup() {
    return settings.backup();
  }

  @Override
  public boolean isWell() {
    return health.isWell();
  }

  @Override
  public boolean mayBeTried() {
    return !health.isResting() && !health.isOfWrongChain();
  }

  @Override
  public Duration rest() {
    return health.rest();
  }

  @Override
  public double latencyNanos() {
    return health.latencyNanos();
  }

  @Override
  public long lastSuccessNanos() {
    return health.lastSuccessNanos();
  }

  @Override
  public long head() {
    return probe.head();
  }

  @Override
  public boolean follows() {
    return probe.follows();
  }

  @Override
  public Future<Said> newest() {
    return probe.newest();
  }

  @Override
  public Future<Said> at(long number) {
    return probe.at(number);
  }

  @Override
  public Future<Said> with(BlockHash hash) {
    return probe.with(hash);
  }

  @Override
  public Future<Said> tagged(Tag tag) {
    return probe.tagged(tag);
  }

  @Override
  public Future<List<BlockHeader>> range(long from, long to) {
    return probe.range(from, to);
  }

  @Override
  public void stands(Standing standing) {
    probe.stands(standing);
  }

  @Override
  public Future<RpcReply> call(RpcRequest request, Duration attemptTimeout) {
    if (health.isChecked() && !health.isOfWrongChain()) {
      return attempt(request, attemptTimeout);
    }
    long deadline = nanos.getAsLong() + attemptTimeout.toNanos();
    return probe
        .checkChain(attemptTimeout, Asker.CALL)
        .compose(
            failure -> failure.isEmpty() ? attemptUntil(request, deadline) : ended(failure.get()));
  }

  private Future<RpcReply> attemptUntil(RpcRequest request, long deadline) {
    Duration left = Duration.ofNanos(deadline - nanos.getAsLong());
    return left.isPositive() ? attempt(request, left) : ended(Failure.NODE_NOT_ASKED_IN_TIME);
  }

  private Future<RpcReply> attempt(RpcRequest request, Duration timeout) {
    ByHash byHash = request.asked().byHash();
    if (byHash == null || !hashForms.mayBeTaken(request.method().name())) {
      return ask(request, question(request, timeout)).map(answer -> settle(request, answer));
    }
    long deadline = nanos.getAsLong() + timeout.toNanos();
    return ask(request, question(request, byHash, timeout))
        .compose(answer -> byHash(request, answer, deadline));
  }

  /** A node may refuse the hash because it does not take one there: then it is asked by number. */
  private Future<RpcReply> byHash(RpcRequest request, Answer answer, long deadline) {
    String method = request.method().name();
    boolean refused = mayBeOfTheForm(answer.meaning(), hashForms.isTaken(method));
    Duration left = Duration.ofNanos(deadline - nanos.getAsLong());
    if (!refused || !left.isPositive()) {
      if (answer.reply() instanceof RpcReply.Result) {
        hashForms.learn(method, true);
      }
      return Future.succeededFuture(BlockCheck.byHash(settle(request, answer)));
    }
    return ask(request, question(request, left))
        .map(
            byNumber -> {
              if (byNumber.reply() instanceof RpcReply.Result) {
                hashForms.learn(method, false);
              }
              return settle(request, byNumber);
            });
  }

  /** Where a node took the form before, another may answer by now; but few errors speak of that. */
  private static boolean mayBeOfTheForm(@Nullable ErrorMeaning meaning, boolean wasTaken) {
    return meaning != null && (wasTaken ? meaning.refuses() : meaning.mayBeOfTheForm());
  }

  private Future<Answer> ask(RpcRequest request, Question question) {
    if (request.caller().isGone()) {
      return Future.succeededFuture(Answer.of(Failure.CALLER_GONE));
    }
    Asker asker = request.caller().isOurselves() ? Asker.PROBE : Asker.CALL;
    long started = nanos.getAsLong();
    Asked asked = client.ask(question);
    if (!Sends.isSend(request.method())) {
      request.caller().onGone(asked.cancel());
    }
    return asked
        .answer()
        .map(
            answer -> {
              Answer meant = hasItAlready(request, answer);
              ended(asker, meant.reply(), nanos.getAsLong() - started);
              return meant;
            });
  }

  private Question question(RpcRequest request, Duration timeout) {
    return new Question(
        request.method().name(),
        request.json(),
        request.paramsFrom(),
        request.paramsTo(),
        timeout,
        isRepeatable(request.method()),
        probe.finalized(),
        bufferedBytes);
  }

  private Question question(RpcRequest request, ByHash byHash, Duration timeout) {
    byte[] params = byHash.params();
    return new Question(
        byHash.method(),
        params,
        0,
        params.length,
        timeout,
        isRepeatable(request.method()),
        probe.finalized(),
        bufferedBytes);
  }

  /** True if the method only reads: it may be asked any number of times. */
  public static boolean isRepeatable(Method method) {
    return !CHANGING.contains(method.methodClass());
  }

  /** A transaction that the node has already was sent well, by us or by another. */
  private Answer hasItAlready(RpcRequest request, Answer answer) {
    boolean known =
        answer.meaning() == ErrorMeaning.ALREADY_KNOWN && Sends.answersWithHash(request.method());
    byte[] hash = known ? Sends.hash(request) : null;
    return hash == null
        ? answer
        : new Answer(new RpcReply.Result(hash, AnswerReader.FORWARDED, probe.finalized()), null);
  }

  private RpcReply settle(RpcRequest request, Answer answer) {
    return guard.hide(BlockCheck.check(request, answer));
  }

  /** How an answer that streams has ended is known with its last byte. */
  private void ended(Asker asker, RpcReply reply, long tookNanos) {
    if (reply instanceof RpcReply.Streamed(StreamedResult result, CacheStatus status)) {
      result.onOver(
          failure -> log.ended(asker, failure == null ? reply : failure.reply(), tookNanos));
    } else {
      log.ended(asker, reply, tookNanos);
    }
  }

  private static Future<RpcReply> ended(Failure failure) {
    return Future.succeededFuture(failure.reply());
  }

  @Override
  public String toString() {
    return name();
  }
}
