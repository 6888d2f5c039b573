package dev.tenfold.gateway;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of {@code localhost} that signs itself, made for one test by the JDK's own tool.
 *
 * @param certificate its file, in PEM
 * @param key the file of its key, in PEM
 * @param trusting what a client that trusts it uses
 */
public record TestCertificate(Path certificate, Path key, SSLContext trusting) {
  private static final String NAME = "server";
  private static final String PASSWORD = "changeit";

  /** Makes one, with a key of the algorithm {@code EC} or {@code RSA}. */
  public static TestCertificate make(Path folder, String algorithm) throws Exception {
    Path store = folder.resolve(algorithm + ".p12");
    keytool(store, algorithm);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] key = keys.getKey(NAME, PASSWORD.toCharArray()).getEncoded();
    byte[] certificate = keys.getCertificate(NAME).getEncoded();
    return new TestCertificate(
        pem(folder.resolve(algorithm + ".crt"), "CERTIFICATE", certificate),
        pem(folder.resolve(algorithm + ".key"), "PRIVATE KEY", key),
        trusting(keys));
  }

  private static void keytool(Path store, String algorithm) throws Exception {
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                NAME,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (made.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  private static Path pem(Path file, String what, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private static SSLContext trusting(KeyStore keys) throws Exception {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null);
    anchors.setCertificateEntry(NAME, keys.getCertificate(NAME));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
