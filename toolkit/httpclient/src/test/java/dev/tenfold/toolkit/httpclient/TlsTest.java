package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TLS server whose certificate is for 127.0.0.1 and signed by itself. */
class TlsTest extends PoolTest {
  @TempDir static Path folder;
  private static final PfxOptions KEYS = new PfxOptions().setPassword("changeit");

  @BeforeAll
  static void makeKeys() throws Exception {
    Path file = folder.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String[] command = {
      keytool.toString(),
      "-genkeypair",
      "-alias",
      "node",
      "-keyalg",
      "EC",
      "-dname",
      "CN=node",
      "-ext",
      "SAN=ip:127.0.0.1",
      "-storetype",
      "PKCS12",
      "-storepass",
      "changeit",
      "-keystore",
      file.toString()
    };
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(process.waitFor()).as("keytool").isZero();
    KEYS.setPath(file.toString());
  }

  private HttpServer server() throws Exception {
    HttpServerOptions options = new HttpServerOptions().setSsl(true).setKeyCertOptions(KEYS);
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

  private ClientPool trusting() {
    ClientSSLOptions tls = new ClientSSLOptions().setTrustOptions(KEYS);
    return new ClientPool(vertx, options().build(), AnswerRoom.UNBOUNDED, tls, System::nanoTime);
  }

  @Test
  void aTrustedPeerIsTalkedToAndItsConnectionUsedAgain() throws Exception {
    pool = trusting();
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
    pool = trusting();
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
