package dev.tenfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class ServeOverTlsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void serveSaysHttpsWhereCallersAreServedOverTls() throws Exception {
    makeCertificate();

    assertThat(run("serve", "--config", configuration())).isZero();
    assertThat(out.toString())
        .contains("serves at https://127.0.0.1:8545, operators at http://127.0.0.1:6060")
        .contains("curl -s https://127.0.0.1:8545 ");
  }

  @Test
  void aCertificateThatIsNotThereIsNamedByCheckConfig() throws Exception {
    assertThat(run("check-config", configuration())).isEqualTo(1);
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("server.tls.certificate is " + folder.resolve("server.crt"))
        .contains("there is no such file");
  }

  private int run(String... args) {
    Tenfold tenfold = new Tenfold(Map.of(), new CommandsTest.EndsAtOnce(), new FakeServices());
    CommandLine commandLine = Tenfold.commandLine(tenfold);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }

  private String configuration() throws Exception {
    return Files.writeString(
            folder.resolve("tenfold.yaml"),
            """
            server: { tls: { certificate: "%1$s/server.crt", key: "%1$s/server.key" } }
            chains: { main: { upstreams: [ { url: "http://127.0.0.1:8546" } ] } }
            """
                .formatted(folder))
        .toString();
  }

  private void makeCertificate() throws Exception {
    Path store = folder.resolve("server.p12");
    String command =
        "-genkeypair -alias server -keyalg EC -dname CN=localhost -storetype PKCS12"
            + " -storepass changeit -keystore "
            + store;
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made = new ProcessBuilder((tool + " " + command).split(" ")).inheritIO().start();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    char[] password = "changeit".toCharArray();
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password);
    }
    pem("server.crt", "CERTIFICATE", keys.getCertificate("server").getEncoded());
    pem("server.key", "PRIVATE KEY", keys.getKey("server", password).getEncoded());
  }

  private void pem(String name, String what, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder().encodeToString(der);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }
}
