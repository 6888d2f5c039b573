package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.chain.ChainIdentity;
import dev.tenfold.gateway.chain.HeadReport;
import dev.tenfold.gateway.chain.HeadSource;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.MethodClass;
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
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One node: asks it, reads what it says, and keeps account of how well it is.
 *
 * <p>Calls may come from any event loop; {@link #poll} from one, and one at a time. The chain id is
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
    this.settings = settings;
    this.nanos = nanos;
    this.bufferedBytes = bufferedBytes;
    this.health = new NodeHealth(nanos);
    this.log =
        new NodeRecord(settings.name(), health, listener, new NodeLog(settings.name(), nanos));
    this.client = new NodeClient(settings, pool, via, clock);
    this.probe = new NodeProbe(settings.name(), client, health, log, identity, patience, nanos);
    this.guard = new AddressGuard(settings.url());
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
    return health.isWell() && probe.head() != Snapshot.UNKNOWN
        ? "at block " + probe.head()
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
  public Future<HeadReport> poll() {
    return probe.poll();
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
    boolean send = Sends.isSend(request.method());
    if (request.caller().isGone()) {
      return ended(Failure.CALLER_GONE);
    }
    long started = nanos.getAsLong();
    Asked asked = client.ask(question(request, timeout));
    if (!send) {
      request.caller().onGone(asked.cancel());
    }
    return asked.answer().map(answer -> settle(request, answer, nanos.getAsLong() - started));
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

  /** True if the method only reads: it may be asked any number of times. */
  public static boolean isRepeatable(Method method) {
    return !CHANGING.contains(method.methodClass());
  }

  private RpcReply settle(RpcRequest request, Answer answer, long tookNanos) {
    if (answer.reply() instanceof RpcReply.Streamed(StreamedResult result, CacheStatus status)) {
      result.onOver(failure -> ended(answer.reply(), failure, tookNanos));
      return answer.reply();
    }
    RpcReply reply = answer.reply();
    if (answer.meaning() == ErrorMeaning.ALREADY_KNOWN && Sends.answersWithHash(request.method())) {
      byte[] hash = Sends.hash(request);
      if (hash != null) {
        reply = new RpcReply.Result(hash, AnswerReader.FORWARDED, probe.finalized());
      }
    }
    log.ended(Asker.CALL, reply, tookNanos);
    return guard.hide(reply);
  }

  /** How an answer that streams has ended is known with its last byte. */
  private void ended(RpcReply begun, @Nullable Failure failure, long tookNanos) {
    log.ended(Asker.CALL, failure == null ? begun : failure.reply(), tookNanos);
  }

  private static Future<RpcReply> ended(Failure failure) {
    return Future.succeededFuture(failure.reply());
  }

  @Override
  public String toString() {
    return name();
  }
}
