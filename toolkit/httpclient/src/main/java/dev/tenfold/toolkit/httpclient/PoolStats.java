package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the pool has done and holds, at one moment. Of the calls that were started, {@code calls},
 * some {@code failures}, some are {@code waiting} and some {@code active}; all others were
 * answered.
 *
 * @param open connections that count against the limit: idle, in use, and those being opened
 * @param idle connections that wait for a call
 * @param waiting calls that wait for a connection
 * @param active calls that have a connection and no ending yet
 * @param http2 open connections of HTTP/2; {@code open} counts them too
 * @param streams calls on connections of HTTP/2; those that were given up count until their stream
 *     is closed
 * @param created connections that were made
 * @param closed connections that were closed since, by whichever side
 * @param reused calls that were sent on a connection that had served one before
 * @param calls calls that were started, those that were refused included
 * @param failures calls that failed, by kind; every kind is there. Those that were refused because
 *     too many wait are {@link Kind#FULL}
 * @param waitingTime the sum over all calls of the time that they waited for a connection
 */
public record PoolStats(
    int open,
    int idle,
    int waiting,
    int active,
    int http2,
    int streams,
    long created,
    long closed,
    long reused,
    long calls,
    Map<Kind, Long> failures,
    Duration waitingTime) {

  public PoolStats {
    EnumMap<Kind, Long> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      all.put(kind, failures.getOrDefault(kind, 0L));
    }
    failures = Collections.unmodifiableMap(all);
  }

  /** Calls that failed in this way. */
  public long failures(Kind kind) {
    return failures.getOrDefault(kind, 0L);
  }

  static PoolStats none() {
    return new PoolStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Duration.ZERO);
  }

  PoolStats plus(PoolStats other) {
    EnumMap<Kind, Long> sum = new EnumMap<>(failures);
    other.failures.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return new PoolStats(
        open + other.open,
        idle + other.idle,
        waiting + other.waiting,
        active + other.active,
        http2 + other.http2,
        streams + other.streams,
        created + other.created,
        closed + other.closed,
        reused + other.reused,
        calls + other.calls,
        sum,
        waitingTime.plus(other.waitingTime));
  }
}
