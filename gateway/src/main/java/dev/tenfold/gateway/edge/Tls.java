package dev.tenfold.gateway.edge;

import io.netty.handler.ssl.SslProvider;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * TLS for callers: 1.2 and 1.3, with HTTP/2 and HTTP/1.1 offered by ALPN (RFC 7301). The files are
 * read when the server starts to listen.
 *
 * @param certificate a file in PEM: the server's certificate, and those that signed it
 * @param key a file in PEM: its private key, PKCS #8
 */
public record Tls(String certificate, String key) {

  void apply(HttpServerOptions options, long handshakeNanos) {
    Engine engine = new Engine();
    engine.setUseWorkerThread(true); // signing takes a millisecond; a loop has better to do
    options
        .setSsl(true)
        .setKeyCertOptions(new PemKeyCertOptions().setCertPath(certificate).setKeyPath(key))
        .setSslEngineOptions(engine)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setSslHandshakeTimeout(handshakeNanos)
        .setSslHandshakeTimeoutUnit(TimeUnit.NANOSECONDS);
  }

  /**
   * The engine of the JDK, which offers both protocols although the HTTP stack was not told to:
   * each connection is then given to it as one of HTTP/1, so that it is watched from its first byte
   * on, and is found to be of HTTP/2 by its preface, as in clear text.
   */
  private static final class Engine extends JdkSSLEngineOptions {
    private static final List<String> PROTOCOLS = List.of("h2", "http/1.1");

    Engine() {}

    private Engine(Engine other) {
      super(other);
    }

    @Override
    public Engine copy() {
      return new Engine(this);
    }

    @Override
    public SslContextFactory sslContextFactory() {
      return new DefaultSslContextFactory(SslProvider.JDK, false) {
        @Override
        public SslContextFactory useAlpn(boolean asked) {
          return super.useAlpn(true);
        }

        @Override
        public SslContextFactory applicationProtocols(List<String> asked) {
          return super.applicationProtocols(PROTOCOLS);
        }
      };
    }
  }
}
