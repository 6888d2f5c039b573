package dev.tenfold.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.gateway.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of certificates and keys: what is taken, and in which words the rest is refused. */
class TlsConfigTest {
  @TempDir static Path folder;

  private static TestCertificate ec;
  private static TestCertificate rsa;

  @BeforeAll
  static void make() throws Exception {
    ec = TestCertificate.make(folder, "EC");
    rsa = TestCertificate.make(folder, "RSA");
  }

  @Test
  void aCertificateWithItsKeyIsTaken() {
    for (TestCertificate pair : List.of(ec, rsa)) {
      assertThat(tls(pair.certificate(), pair.key()).isOn()).isTrue();
    }
    assertThat(TlsConfig.NONE.isOn()).isFalse();
  }

  @Test
  void aFileMayHoldOtherBlocksAndTheCertificatesThatSigned() throws Exception {
    String both = Files.readString(ec.certificate()) + Files.readString(rsa.certificate());
    Path chain = Files.writeString(folder.resolve("chain.pem"), "# a chain\n" + both);

    assertThat(tls(chain, ec.key()).isOn()).isTrue();
  }

  @Test
  void namesOfFilesBeginInTheDataFolder() {
    ConfigFlags flags =
        new ConfigFlags(List.of("http://n"), OptionalInt.empty(), OptionalInt.empty(), folder);
    Config config =
        Config.of("server: { tls: { certificate: EC.crt, key: EC.key } }", Map.of(), flags);

    assertThat(config.server().tls())
        .isEqualTo(new TlsConfig(ec.certificate().toString(), ec.key().toString()));
    assertThat(Config.of(config.print(), Map.of(), flags).server()).isEqualTo(config.server());
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path stranger = TestCertificate.make(other, "EC").key();

    refused(ec.certificate(), stranger)
        .hasMessage(
            "server.tls.key is %s; it is not the key of the certificate in %s",
            stranger, ec.certificate());
    refused(ec.certificate(), rsa.key())
        .hasMessageEndingWith("it must be a key of the certificate's kind, EC");
  }

  @Test
  void aFileThatHoldsSomethingElseIsRefusedWithoutItsContent() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "a secret");
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----\n");
    Path encrypted =
        Files.writeString(
            folder.resolve("encrypted.pem"),
            Files.readString(ec.key()).replace("PRIVATE", "ENCRYPTED PRIVATE"));

    refused(text, ec.key())
        .hasMessageContaining("it must hold a certificate in PEM")
        .hasMessageNotContaining("secret");
    refused(broken, ec.key()).hasMessageEndingWith("it has a certificate that is not valid X.509");
    refused(ec.certificate(), encrypted)
        .hasMessageContaining("PKCS #8 and without a password")
        .hasMessageNotContaining(Files.readAllLines(ec.key()).get(1));
    refused(ec.certificate(), folder).hasMessageEndingWith("it cannot be read");
    refused(folder.resolve("none"), ec.key()).hasMessageEndingWith("there is no such file");
  }

  private static TlsConfig tls(Path certificate, Path key) {
    return new TlsConfig(certificate.toString(), key.toString());
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
      Path certificate, Path key) {
    return assertThatThrownBy(() -> tls(certificate, key)).isInstanceOf(ConfigException.class);
  }
}
