package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.MissReason;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the cache had to do with a batch, summed up in the form of RFC 9211: {@code Tenfold; hit}
 * where all were hits, else the number of each, as in {@code Tenfold; fwd=miss; detail="hit=18,
 * not-final=2"}.
 */
final class BatchCacheStatus {
  private BatchCacheStatus() {}

  static String header(Call[] calls) {
    Map<MissReason, Integer> misses = new EnumMap<>(MissReason.class);
    int hits = 0;
    int refused = 0;
    for (Call call : calls) {
      CacheStatus status = call.reply().cacheStatus();
      MissReason reason = status.reason();
      if (reason != null) {
        misses.merge(reason, 1, Integer::sum);
      } else if (status.isHit()) {
        hits++;
      } else {
        refused++;
      }
    }
    if (misses.isEmpty() && refused == 0) {
      return CacheStatus.HIT.header();
    }
    return header(hits, refused, misses);
  }

  private static String header(int hits, int refused, Map<MissReason, Integer> misses) {
    if (misses.isEmpty() && hits == 0) {
      return CacheStatus.REFUSED.header();
    }
    StringBuilder detail = new StringBuilder();
    count(detail, "hit", hits);
    misses.forEach((reason, times) -> count(detail, reason.token(), times));
    count(detail, "refused", refused);
    String verdict = misses.isEmpty() ? "Tenfold; hit" : "Tenfold; fwd=miss";
    return verdict + "; detail=\"" + detail + "\"";
  }

  private static void count(StringBuilder detail, String name, int times) {
    if (times > 0) {
      detail.append(detail.isEmpty() ? "" : ", ").append(name).append('=').append(times);
    }
  }
}
