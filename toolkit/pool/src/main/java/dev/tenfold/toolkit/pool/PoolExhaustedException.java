package dev.tenfold.toolkit.pool;

/** All objects of a pool that may have no more were in use, and none came back in time. */
public final class PoolExhaustedException extends RuntimeException {

  PoolExhaustedException(String pool, int limit) {
    super("pool %s: all %d objects are in use".formatted(pool, limit));
  }
}
