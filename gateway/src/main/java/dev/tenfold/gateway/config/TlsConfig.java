package dev.tenfold.gateway.config;

import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * With what callers are served over TLS: both files, or neither for clear text. Making it reads
 * them; what is in them never stands in a message.
 *
 * @param certificate a file with the server's X.509 certificate in PEM, and after it those that
 *     signed it; empty for none
 * @param key a file with its private key in PEM: PKCS #8, RSA or EC, without a password; empty for
 *     none
 */
public record TlsConfig(String certificate, String key) {
  public static final TlsConfig NONE = new TlsConfig("", "");

  private static final String CERTIFICATE = "server.tls.certificate";
  private static final String KEY = "server.tls.key";

  public TlsConfig {
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new ConfigException(
          certificate.isEmpty() ? CERTIFICATE : KEY, "is missing; certificate and key go together");
    }
    if (!certificate.isEmpty()) {
      check(certificate, key);
    }
  }

  /** True if callers are served over TLS. */
  public boolean isOn() {
    return !certificate.isEmpty();
  }

  private static void check(String certificate, String key) {
    PublicKey open = read(CERTIFICATE, certificate, () -> PemFile.certified(certificate));
    PrivateKey secret = read(KEY, key, () -> PemFile.privateKey(key, open.getAlgorithm()));
    if (!PemFile.isPair(open, secret)) {
      throw Rules.refuse(KEY, key, "it is not the key of the certificate in " + certificate);
    }
  }

  private static <T> T read(String name, String file, Reading<T> reading) {
    try {
      return reading.read();
    } catch (PemFile.Unusable e) {
      throw Rules.refuse(name, file, e.rule());
    }
  }

  private interface Reading<T> {
    T read() throws PemFile.Unusable;
  }
}
