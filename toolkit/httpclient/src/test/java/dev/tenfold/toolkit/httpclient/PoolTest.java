package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of the pool share: a pool on two event loops, and how to wait for an ending. */
@Timeout(30)
abstract class PoolTest {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  ClientPool pool = pool(options());

  static ClientPoolOptions.Builder options() {
    return ClientPoolOptions.builder().clients(1);
  }

  ClientPool pool(ClientPoolOptions.Builder options) {
    return ClientPool.create(vertx, options.build());
  }

  /** A pool that trusts the servers of {@link TlsKeys}. */
  ClientPool trusting(ClientPoolOptions.Builder options) {
    return trusting(options, System::nanoTime);
  }

  ClientPool trusting(ClientPoolOptions.Builder options, LongSupplier nanoTime) {
    ClientPoolOptions built = options.build();
    return new ClientPool(vertx, built, AnswerRoom.UNBOUNDED, TlsKeys.trusted(), nanoTime);
  }

  @AfterEach
  void stop() throws Exception {
    pool.close();
    pool.shutdown().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  static HttpCall post(RawServer server) {
    return post(server, "{}");
  }

  static HttpCall post(RawServer server, String body) {
    return HttpCall.post(
        server.target(),
        Map.of("Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  HttpAnswer answer(HttpCall call) throws Exception {
    return await(pool.send(call));
  }

  ClientException failure(HttpCall call) throws Exception {
    return failure(pool.send(call));
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static ClientException failure(Future<?> future) throws Exception {
    await(future.otherwiseEmpty().mapEmpty());
    if (future.cause() instanceof ClientException failure) {
      return failure;
    }
    throw new AssertionError("not a ClientException", future.cause());
  }

  static void assertFailure(ClientException failure, Kind kind, boolean mayHaveBeenSent) {
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.mayHaveBeenSent()).isEqualTo(mayHaveBeenSent);
    assertThat(failure.getMessage()).doesNotContain("127.0.0.1", "secret", "rpc");
  }

  /** Waits for all: how many have the answer "ok", where others may have failed in these ways. */
  static int answered(List<PendingAnswer> calls, Set<Kind> expected) throws Exception {
    int answered = 0;
    for (PendingAnswer call : calls) {
      await(call.future().otherwiseEmpty());
      if (call.future().succeeded()) {
        answered++;
        assertThat(text(call.future().result())).isEqualTo("ok");
      } else {
        assertThat(((ClientException) call.future().cause()).kind()).isIn(expected);
      }
    }
    return answered;
  }

  static String text(HttpAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** Polls, for what has no event to wait for. */
  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
