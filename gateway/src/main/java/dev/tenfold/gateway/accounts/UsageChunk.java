package dev.tenfold.gateway.accounts;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Rows of usage that are written together, once. Immutable.
 *
 * @param id a UUID; two chunks with the same id are the same chunk, however often it is written
 * @param rows any number; rows of the same key, chain, method and hour add up
 */
public record UsageChunk(String id, List<UsageRow> rows) {
  private static final Uuid7 IDS = new Uuid7(InstantSource.system());

  /**
   * A chunk that was made before, with its id.
   *
   * @throws IllegalArgumentException if the id is no UUID
   */
  public UsageChunk {
    id = UUID.fromString(id).toString();
    rows = List.copyOf(rows);
  }

  /** A new chunk, with a UUID of version 7. */
  public static UsageChunk of(List<UsageRow> rows) {
    return new UsageChunk(IDS.next(), rows);
  }
}
