package dev.tenfold.gateway.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys from files in PEM (RFC 7468), and says which rule one breaks. */
final class PemFile {
  private static final Pattern CERTIFICATES =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  private PemFile() {}

  /** The file cannot be used, by a rule that tells nothing of what is in it. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String rule;

    Unusable(String rule) {
      super(rule);
      this.rule = rule;
    }

    String rule() {
      return rule;
    }
  }

  /** The public key of the first certificate of a file, of which every one must be valid. */
  static PublicKey certified(String file) throws Unusable {
    List<Certificate> chain = new ArrayList<>();
    Matcher block = CERTIFICATES.matcher(text(file));
    while (block.find()) {
      chain.add(certificate(block.group()));
    }
    if (chain.isEmpty()) {
      throw new Unusable("it must hold a certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }
    PublicKey key = chain.getFirst().getPublicKey();
    if (!SIGNATURES.containsKey(key.getAlgorithm())) {
      throw new Unusable("it must be the certificate of an RSA or EC key");
    }
    return key;
  }

  /** The private key of a file, which must be of the given algorithm. */
  static PrivateKey privateKey(String file, String algorithm) throws Unusable {
    Matcher block = KEY.matcher(text(file));
    if (!block.find()) {
      throw new Unusable(
          "it must hold a private key in PEM, PKCS #8 and without a password (-----BEGIN PRIVATE"
              + " KEY-----)");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw new Unusable("it must be a key of the certificate's kind, " + algorithm);
    }
  }

  /** True if what the one key signs the other confirms. */
  static boolean isPair(PublicKey open, PrivateKey secret) {
    byte[] message = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(SIGNATURES.get(open.getAlgorithm()));
      signature.initSign(secret);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static Certificate certificate(String block) throws Unusable {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException _) {
      throw new Unusable("it has a certificate that is not valid X.509");
    }
  }

  private static String text(String file) throws Unusable {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException _) {
      throw new Unusable("there is no such file");
    } catch (IOException | InvalidPathException _) {
      throw new Unusable("it cannot be read");
    }
  }
}
