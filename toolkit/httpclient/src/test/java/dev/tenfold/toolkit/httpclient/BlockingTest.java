package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The methods that wait. */
class BlockingTest extends PoolTest {
  private static final int THREADS = 1_500;

  private static RawServer silent() throws Exception {
    return new RawServer(
        peer -> {
          peer.readRequest();
          peer.awaitClose();
        });
  }

  @Test
  void virtualThreadsBeyondAllLimitsAreAnsweredOneAndAll() throws Exception {
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end(request.path()))
                .listen(0, "127.0.0.1"));
    Target target = Target.parse("http://127.0.0.1:" + server.actualPort());
    try (ClientPool two = pool(options().clients(2).maxOpenPerOrigin(32).maxWaiting(THREADS));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        HttpCall call = HttpCall.get(target.withPath("/" + i), Map.of());
        answers.add(threads.submit(() -> text(two.exchange(call))));
      }
      for (int i = 0; i < THREADS; i++) {
        assertThat(answers.get(i).get()).isEqualTo("/" + i);
      }
      assertThat(two.stats().calls()).isEqualTo(THREADS);
      assertThat(two.stats().created()).isLessThanOrEqualTo(32);
      assertThat(two.stats().active()).isZero();
    }
  }

  @Test
  void aCallWithoutAnAnswerIsAnExceptionOfTheCaller() throws Exception {
    try (RawServer server = new RawServer(RawServer.Peer::readRequest)) {
      ClientException failure =
          catchThrowableOfType(ClientException.class, () -> pool.exchange(post(server)));
      assertFailure(failure, Kind.CLOSED, true);
      assertThat(failure.getStackTrace())
          .anyMatch(frame -> frame.getClassName().equals(BlockingTest.class.getName()));
    }
  }

  @Test
  void anInterruptCancelsTheCall() throws Exception {
    try (RawServer server = silent()) {
      Promise<Throwable> thrown = Promise.promise();
      Thread thread =
          Thread.startVirtualThread(
              () ->
                  thrown.complete(
                      catchThrowableOfType(Throwable.class, () -> pool.exchange(post(server)))));
      until(() -> server.requests() == 1);
      thread.interrupt();
      assertThat(await(thrown.future())).isInstanceOf(InterruptedException.class);
      until(() -> pool.stats().open() == 0 && server.open() == 0);
      assertThat(pool.stats().failures(Kind.CANCELLED)).isEqualTo(1);
    }
  }

  @Test
  void aThreadThatWasInterruptedBeforeSendsNothing() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.exchange(post(server)))
          .isInstanceOf(InterruptedException.class);
      assertThat(pool.stats().calls()).isZero();
    }
  }

  @Test
  void onAnEventLoopItIsRefused() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      Promise<Throwable> thrown = Promise.promise();
      vertx.runOnContext(
          v ->
              thrown.complete(
                  catchThrowableOfType(Throwable.class, () -> pool.exchange(post(server)))));
      assertThat(await(thrown.future()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this would block an event loop: use send here");
      assertThat(pool.stats().calls()).isZero();
    }
  }

  @Test
  void aStreamIsReadPieceByPiece() throws Exception {
    byte[] body = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
              peer.socket.getOutputStream().write(body);
            })) {
      HttpAnswer answer = pool.exchange(post(server).withWholeBytes(50_000));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(answer.body());
      AnswerStream rest = answer.rest();
      assertThat(rest).isNotNull();
      for (byte[] piece = rest.read(); piece.length > 0; piece = rest.read()) {
        all.write(piece);
      }
      assertThat(all.toByteArray()).isEqualTo(body);
    }
  }

  @Test
  void aStreamThatBreaksOffThrowsAndAnInterruptCancelsIt() throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(60_000));
              if (peer.number == 1) {
                peer.awaitClose();
              }
            })) {
      AnswerStream interrupted = pool.exchange(post(server).withWholeBytes(50_000)).rest();
      assertThat(interrupted).isNotNull();
      Thread.currentThread().interrupt();
      assertThatThrownBy(interrupted::read).isInstanceOf(InterruptedException.class);
      until(() -> pool.stats().open() == 0);
      assertThat(pool.stats().failures(Kind.CANCELLED)).isEqualTo(1);
      AnswerStream broken = pool.exchange(post(server).withWholeBytes(50_000)).rest();
      assertThat(broken).isNotNull();
      ClientException failure =
          catchThrowableOfType(
              ClientException.class,
              () -> {
                while (broken.read().length > 0) {
                  assertThat(server.accepted()).isEqualTo(2);
                }
              });
      assertFailure(failure, Kind.CLOSED, true);
    }
  }
}
