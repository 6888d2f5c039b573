package dev.tenfold.gateway.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The secret that operators show: as {@code Authorization: Bearer}, or as the password of {@code
 * Basic}, with any user, which is all that go tool pprof can send. Immutable; compared in a time
 * that tells nothing of it.
 */
public final class AdminToken {
  /** The name of the file that holds it where the configuration does not. */
  public static final String FILE = "admin-token";

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final int RANDOM_BITS = 160;
  private static final int BASE = 36;

  private final byte[] token;

  private AdminToken(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** That of the configuration. */
  public static AdminToken of(String token) {
    return new AdminToken(token);
  }

  /**
   * The one in a folder, which is made if it is not there, with a file that only its owner reads.
   * Two processes that begin at once end up with the same.
   *
   * @throws UncheckedIOException if it can be neither read nor made
   */
  public static AdminToken in(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      String token = Files.exists(file) ? read(file) : make(folder, file);
      if (token.isEmpty()) {
        throw new IOException(file + " is empty: delete it, and a new token is made");
      }
      return new AdminToken(token);
    } catch (IOException e) {
      // The message of a failed file is its name only; its class says what is wrong.
      String why = e instanceof FileSystemException ? e.toString() : e.getMessage();
      throw new UncheckedIOException("the admin token in " + file + ": " + why, e);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static String make(Path folder, Path file) throws IOException {
    String token = new BigInteger(RANDOM_BITS, new SecureRandom()).toString(BASE);
    Path whole =
        Files.createTempFile(
            folder,
            FILE,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(whole, token + "\n");
      Files.createLink(file, whole); // whole or not at all, and never over another's
      return token;
    } catch (FileAlreadyExistsException _) {
      return read(file);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** True if the value of an {@code Authorization} header shows it. */
  boolean isShownBy(@Nullable String authorization) {
    String shown = shown(authorization);
    return shown != null && MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String shown(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    return authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
        ? password(authorization.substring(BASIC.length()).strip())
        : null;
  }

  private static @Nullable String password(String credentials) {
    try {
      String user = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      int colon = user.indexOf(':');
      return colon < 0 ? null : user.substring(colon + 1);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "AdminToken[***]";
  }
}
