package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * N HTTP clients that are handed out in turn, and their kept-alive connections. Thread-safe.
 *
 * {@snippet file="dev/tenfold/toolkit/httpclient/HttpClientExampleTest.java" region="example"}
 *
 * <p>{@link #exchange} blocks, and is for virtual threads; {@link #send} and {@link #start} do not.
 * What comes of them is told on the caller's event loop where it has one, and else on one of the
 * pool: there nothing may block.
 *
 * <p>A client is bound to one event loop. A call from an event loop goes by a client of that loop
 * where there is one, so that it never changes threads; calls from elsewhere go by each client in
 * turn. The limit on open connections and the queue are one for all clients: room that becomes free
 * on a connection goes to the call that has waited longest, whichever client it came by.
 *
 * <p>A connection of HTTP/1.1 carries one call at a time. It is used again only after an answer
 * that was complete and allows it; one that the peer closed, or on which something came that was
 * not asked for, is gone. A call whose used connection turns out to be closed before the head of an
 * answer came is sent once more on another one if it is {@linkplain HttpCall#repeatable()
 * repeatable}.
 *
 * <p>HTTP/2 is spoken with origins of {@code https} that choose it. Calls of all clients share a
 * connection, up to what the peer and {@code maxStreams} allow; then another is opened. A call that
 * the peer says it has not looked at ({@code GOAWAY}, {@code REFUSED_STREAM}) is sent again,
 * repeatable or not, up to three times. A peer that is silent has to answer a {@code PING} within
 * the connect timeout, or its connection is closed: when a call is sent after 5 s of silence, and
 * when the time of a call is over in silence; then no call is sent until it has answered.
 *
 * <p>An answer may be coded with gzip, which is asked for unless the call says what it accepts, and
 * taken off here. {@code maxAnswerBytes} counts what comes out of it. An answer that is larger than
 * the call wants to have whole is told with its beginning, and streams from there on: see {@link
 * AnswerStream}. Its call ends, and is counted, with the end of the stream.
 *
 * <p>{@code https} trusts the authorities of the JDK and checks the host name.
 */
public final class ClientPool implements AutoCloseable {
  private static final long NEVER_NANOS = Duration.ofDays(36_500).toNanos();

  private final ClientPoolOptions options;
  private final AnswerRoom room;
  private final LongSupplier nanoTime;
  private final Ledger ledger;
  private final NetClient sockets;
  private final List<Client> clients = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Promise<Void> terminated = Promise.promise();
  private final VertxInternal vertx;
  private final boolean ownsVertx;
  private volatile boolean shutDown;

  /**
   * A pool with event loops of its own, one for each client. They end with the pool, and do not
   * keep the JVM alive.
   */
  public static ClientPool create(ClientPoolOptions options) {
    FileSystemOptions noFiles =
        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    VertxOptions loops =
        new VertxOptions()
            .setEventLoopPoolSize(options.clients())
            .setPreferNativeTransport(true)
            .setUseDaemonThread(true)
            .setFileSystemOptions(noFiles);
    AnswerRoom room = AnswerRoom.UNBOUNDED;
    Vertx vertx = Vertx.vertx(loops);
    return new ClientPool(vertx, true, options, room, new ClientSSLOptions(), System::nanoTime);
  }

  /** The pool uses the event loops of this {@code vertx} and does not close it. */
  public static ClientPool create(Vertx vertx, ClientPoolOptions options) {
    return create(vertx, options, AnswerRoom.UNBOUNDED);
  }

  /** The same, with bodies of answers bounded over all calls together. */
  public static ClientPool create(Vertx vertx, ClientPoolOptions options, AnswerRoom room) {
    return new ClientPool(vertx, options, room, new ClientSSLOptions(), System::nanoTime);
  }

  ClientPool(
      Vertx vertx,
      ClientPoolOptions options,
      AnswerRoom room,
      ClientSSLOptions tls,
      LongSupplier nanoTime) {
    this(vertx, false, options, room, tls, nanoTime);
  }

  private ClientPool(
      Vertx vertx,
      boolean ownsVertx,
      ClientPoolOptions options,
      AnswerRoom room,
      ClientSSLOptions tls,
      LongSupplier nanoTime) {
    this.vertx = (VertxInternal) vertx;
    this.ownsVertx = ownsVertx;
    this.options = options;
    this.room = room;
    this.nanoTime = nanoTime;
    this.ledger = new Ledger(options, nanoTime);
    int connectMillis = Math.toIntExact(options.connectTimeout().toMillis());
    this.sockets =
        vertx.createNetClient(
            new NetClientOptions()
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
    tls.setHostnameVerificationAlgorithm("HTTPS");
    if (options.offersHttp2()) {
      tls.setUseAlpn(true)
          .setApplicationLayerProtocols(List.of(Http2Connection.PROTOCOL, "http/1.1"));
    }
    for (ContextInternal context : contexts(this.vertx, options.clients())) {
      clients.add(new Client(this, clients.size(), context, sockets, tls));
    }
  }

  /** As many different event loops as there are, before one is taken twice. */
  private static List<ContextInternal> contexts(VertxInternal vertx, int count) {
    List<ContextInternal> contexts = new ArrayList<>();
    Set<EventLoop> taken = new HashSet<>();
    for (int tries = 0; contexts.size() < count; tries++) {
      ContextInternal context = vertx.createEventLoopContext();
      if (taken.add(context.nettyEventLoop()) || tries >= 4 * count) {
        contexts.add(context);
      }
    }
    return contexts;
  }

  /** {@link #start}, for a caller who never cancels. */
  public Future<HttpAnswer> send(HttpCall call) {
    return start(call).future();
  }

  /**
   * Starts a call. From any thread; never blocks.
   *
   * @throws IllegalArgumentException where the method or a header has a character that it must not
   */
  public PendingAnswer start(HttpCall call) {
    return start(call, next(), vertx.getOrCreateContext());
  }

  /**
   * Sends a call and waits for its answer: for virtual threads, and others that may wait.
   *
   * @throws ClientException where the call has no answer
   * @throws InterruptedException where this thread was interrupted before, and nothing is sent, or
   *     is while it waits, and the call is cancelled as by {@link PendingAnswer#cancel}
   * @throws IllegalStateException on an event loop of Vert.x, which it would block
   * @throws IllegalArgumentException where the method or a header has a character that it must not
   */
  public HttpAnswer exchange(HttpCall call) throws ClientException, InterruptedException {
    Blocking.refuseOnEventLoop("send");
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Client client = next();
    PendingAnswer pending = start(call, client, client.context());
    return Blocking.await(pending.future(), pending::cancel);
  }

  private PendingAnswer start(HttpCall call, Client client, ContextInternal context) {
    Request request = Request.of(call, options.keepAlive());
    Duration timeout = call.timeout() == null ? options.timeout() : call.timeout();
    Exchange exchange = new Exchange(this, call, request, client, context, timeout.toNanos());
    client.deadlines().add(exchange, nanoTime.getAsLong() + exchange.timeoutNanos);
    take(ledger.admit(exchange));
    return exchange;
  }

  /** The client for the next call: one of the caller's event loop, or else the next one in turn. */
  Client next() {
    int first = Math.floorMod(turn.getAndIncrement(), clients.size());
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get((first + i) % clients.size());
      if (client.isCurrent()) {
        return client;
      }
    }
    return clients.get(first);
  }

  /** The number of clients. */
  public int clients() {
    return clients.size();
  }

  /**
   * Of one origin; all zero where nothing was ever sent to it. Takes the pool's lock for a moment.
   */
  public PoolStats stats(Origin origin) {
    return ledger.stats(origin);
  }

  /** The sum over all origins. Takes the pool's lock for a moment. */
  public PoolStats stats() {
    return ledger.stats();
  }

  /**
   * Refuses calls from here on and closes what is idle; calls that were accepted before go on.
   * Completes when the last of them has ended and all connections are closed, and the event loops
   * where they are the pool's own.
   */
  public Future<Void> shutdown() {
    shutDown = true;
    take(ledger.shutDown());
    checkTerminated();
    return terminated.future();
  }

  /** Shuts down at once: calls under way fail with {@link Kind#SHUT_DOWN}. Does not wait. */
  @Override
  public void close() {
    shutdown();
    List<Exchange> open = new ArrayList<>();
    clients.forEach(client -> open.addAll(client.deadlines().all()));
    // Those that wait go first: they would be sent on the places that the others leave.
    open.stream().filter(ledger::isWaiting).forEach(waiting -> fail(waiting, Kind.SHUT_DOWN));
    open.forEach(exchange -> fail(exchange, Kind.SHUT_DOWN));
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  ClientPoolOptions options() {
    return options;
  }

  AnswerRoom room() {
    return room;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Takes the steps that the ledger has decided on. */
  void take(List<Step> steps) {
    for (Step step : steps) {
      switch (step) {
        case Step.Send send -> send(send);
        case Step.Connect connect -> {
          Client client = connect.exchange().home;
          client.run(() -> client.connect(connect.exchange()));
        }
        case Step.Close close -> close.connection().client().run(close.connection()::close);
        case Step.Fail fail -> tell(fail.exchange(), fail.kind());
        case Step.Sweep _ -> sweepLater();
      }
    }
    if (shutDown) {
      checkTerminated();
    }
  }

  private static void send(Step.Send send) {
    Connection connection = send.connection();
    connection.client().run(() -> connection.send(send.exchange(), send.reused()));
  }

  void succeed(Exchange exchange, HttpAnswer answer) {
    if (end(exchange)) {
      exchange.complete(answer);
    }
  }

  /** A call has its answer; false where it had ended before. */
  boolean end(Exchange exchange) {
    boolean ended = ledger.end(exchange, null);
    if (ended) {
      exchange.home.deadlines().remove(exchange);
    }
    return ended;
  }

  /** Tells the beginning of an answer; the call ends with the rest of it. */
  void begin(Exchange exchange, HttpAnswer answer, BodyStream rest) {
    awaitCaller(exchange);
    exchange.begin(answer, rest);
  }

  /** From now on the call has its time anew for what the peer is to send. */
  void awaitPeer(Exchange exchange) {
    exchange.home.deadlines().move(exchange, nanoTime.getAsLong() + exchange.timeoutNanos);
  }

  /** From now on no time runs. */
  void awaitCaller(Exchange exchange) {
    exchange.home.deadlines().move(exchange, nanoTime.getAsLong() + NEVER_NANOS);
  }

  void fail(Exchange exchange, Kind kind) {
    if (ledger.end(exchange, kind)) {
      tell(exchange, kind);
      Connection connection = exchange.connection;
      if (connection != null) {
        connection.client().run(() -> connection.abandon(exchange, kind == Kind.TIMEOUT));
      }
    }
  }

  void timeOut(Exchange exchange) {
    fail(exchange, Kind.TIMEOUT);
  }

  private static void tell(Exchange exchange, Kind kind) {
    exchange.home.deadlines().remove(exchange);
    exchange.complete(new ClientException(kind, exchange.mayHaveBeenSent));
  }

  private void sweepLater() {
    long nanos = Math.clamp(options.idleTime().toNanos() / 4, 10_000_000, 1_000_000_000);
    Runnable sweep = () -> take(ledger.expire());
    var _ = clients.getFirst().eventLoop().schedule(sweep, nanos, TimeUnit.NANOSECONDS);
  }

  private void checkTerminated() {
    if (ledger.isEmpty() && ended.compareAndSet(false, true)) {
      Future<Void> closed = sockets.close();
      (ownsVertx ? vertx.close() : closed).onComplete(terminated);
    }
  }
}
