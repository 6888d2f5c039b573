package dev.tenfold.toolkit.pool;

import java.lang.System.Logger.Level;

/** The log of this part. */
final class Log {

  private static final System.Logger LOG = System.getLogger("dev.tenfold.toolkit.pool");

  private Log() {}

  static void log(Level level, String pool, String what, Throwable cause) {
    try {
      LOG.log(level, "pool %s: %s".formatted(pool, what), cause);
    } catch (Throwable thrown) { // a log that fails, or no memory for it: nowhere left to tell
    }
  }
}
