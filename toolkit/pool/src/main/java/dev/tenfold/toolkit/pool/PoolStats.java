package dev.tenfold.toolkit.pool;

/**
 * What a pool did since it was built, and what it has. The figures are read while objects come and
 * go, so they may differ by what happened meanwhile; but always {@code taken = returned + leaked +
 * inUse} and {@code created = idle + inUse + discarded + leaked}. An object that is being made,
 * reset or put away counts as idle.
 *
 * @param taken how often an object was taken
 * @param returned how often one was given back, to be kept or discarded
 * @param created objects that the factory made
 * @param discarded objects that the pool let go: there was no room, they were not fit, not needed
 *     for a time, discarded by their user, or the pool was closed
 * @param leaked objects that were taken, never returned, and are gone by the collector
 * @param refused takings that were refused because all objects were in use
 * @param badReturns returns that were refused: a second one, or of an object of somebody else
 * @param idle objects that wait to be taken
 * @param inUse objects that were taken and not returned, leaks that were not found yet included
 */
public record PoolStats(
    long taken,
    long returned,
    long created,
    long discarded,
    long leaked,
    long refused,
    long badReturns,
    int idle,
    int inUse) {

  static final PoolStats NONE = new PoolStats(0, 0, 0, 0, 0, 0, 0, 0, 0);

  PoolStats plus(PoolStats other) {
    return new PoolStats(
        taken + other.taken,
        returned + other.returned,
        created + other.created,
        discarded + other.discarded,
        leaked + other.leaked,
        refused + other.refused,
        badReturns + other.badReturns,
        idle + other.idle,
        inUse + other.inUse);
  }
}
