package dev.tenfold.gateway.accounts;

/**
 * The database was made by a newer Tenfold. Nothing in it was changed. The message is one line and
 * names both versions.
 */
public final class SchemaTooNewException extends RuntimeException {
  SchemaTooNewException(DatabaseUrl url, int found, int known) {
    super(
        "the database %s has schema version %d, and this Tenfold knows up to %d: start a newer one"
            .formatted(url, found, known));
  }
}
