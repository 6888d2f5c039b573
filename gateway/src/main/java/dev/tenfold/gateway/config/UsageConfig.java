package dev.tenfold.gateway.config;

import java.time.Duration;

/**
 * How usage is written to the database.
 *
 * @param interval the most that a killed process loses
 * @param spool the most that waits on disk while the database is away
 */
public record UsageConfig(Duration interval, DataSize spool) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final DataSize LEAST = DataSize.kibibytes(64);
  private static final DataSize MOST = DataSize.mebibytes(16 * 1024);

  public static final UsageConfig DEFAULT =
      new UsageConfig(Duration.ofSeconds(1), DataSize.mebibytes(64));

  public UsageConfig {
    Rules.range("usage.interval", interval, SHORTEST);
    Rules.range("usage.spool", spool, LEAST, MOST);
  }
}
