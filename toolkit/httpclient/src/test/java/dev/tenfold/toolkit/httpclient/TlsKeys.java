package dev.tenfold.toolkit.httpclient;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The key of a server at 127.0.0.1, whose certificate is signed by itself; made once. */
final class TlsKeys {
  private static final String PASSWORD = "changeit";
  private static final Path FILE = make();
  private static final SSLContext CONTEXT = context();

  private TlsKeys() {}

  private static Path make() {
    try {
      Path folder = Files.createTempDirectory("tls-keys");
      Path file = folder.resolve("keys.p12");
      Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
      String[] command = {
        keytool.toString(),
        // What makes a stolen file dear to open makes each of our tests dear, too.
        "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
        "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
        "-J-Dkeystore.pkcs12.macIterationCount=1",
        "-genkeypair",
        "-alias",
        "node",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=node",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        file.toString()
      };
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit(); // Before the folder: what was named last goes first.
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For a server of Vert.x. */
  static PfxOptions pfx() {
    return new PfxOptions().setPath(FILE.toString()).setPassword(PASSWORD);
  }

  /** For a client that trusts it. */
  static ClientSSLOptions trusted() {
    return new ClientSSLOptions().setTrustOptions(pfx());
  }

  /** For a server on sockets of the JDK. */
  static SSLContext serverContext() {
    return CONTEXT;
  }

  private static SSLContext context() {
    try (InputStream in = Files.newInputStream(FILE)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
