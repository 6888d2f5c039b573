package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A TLS server whose certificate is for 127.0.0.1 and signed by itself. */
class TlsTest extends PoolTest {
  private HttpServer server() throws Exception {
    HttpServerOptions options =
        new HttpServerOptions().setSsl(true).setKeyCertOptions(TlsKeys.pfx());
    return await(
        vertx
            .createHttpServer(options)
            .requestHandler(request -> request.response().end("ok"))
            .listen(0, "127.0.0.1"));
  }

  private static HttpCall call(String host, HttpServer server) {
    Target target = Target.parse("https://" + host + ":" + server.actualPort() + "/secret");
    return HttpCall.post(target, Map.of(), new byte[0]);
  }

  @Test
  void aTrustedPeerIsTalkedToAndItsConnectionUsedAgain() throws Exception {
    pool = trusting(options());
    HttpServer server = server();
    for (int i = 0; i < 2; i++) {
      assertThat(text(answer(call("127.0.0.1", server)))).isEqualTo("ok");
    }
    assertThat(pool.stats().reused()).isEqualTo(1);
  }

  @Test
  void aPeerThatNobodyVouchesForIsRefused() throws Exception {
    assertFailure(failure(call("127.0.0.1", server())), Kind.TLS, false);
    assertThat(pool.stats().open()).isZero();
  }

  @Test
  void aCertificateForAnotherHostIsRefused() throws Exception {
    pool = trusting(options());
    assertFailure(failure(call("localhost", server())), Kind.TLS, false);
  }

  @Test
  void aPeerThatDoesNotSpeakTlsIsRefused() throws Exception {
    try (RawServer plain = new RawServer(peer -> peer.write("SSH-2.0-OpenSSH_9.2\r\n"))) {
      Target target = Target.parse("https://" + plain.origin().authority() + "/secret");
      assertFailure(failure(HttpCall.get(target, Map.of())), Kind.TLS, false);
    }
  }
}
