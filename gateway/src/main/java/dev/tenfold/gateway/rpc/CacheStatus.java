package dev.tenfold.gateway.rpc;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the cache had to do with a reply, in the form of RFC 9211. Instances are constants: asking
 * for one allocates nothing.
 */
public final class CacheStatus {
  /** Answered from memory, or here without a node. */
  public static final CacheStatus HIT = new CacheStatus("Tenfold; hit", null, false);

  /** Refused before the cache was asked. */
  public static final CacheStatus REFUSED = new CacheStatus("Tenfold; detail=refused", null, false);

  private static final Map<MissReason, CacheStatus> FORWARDED = table(false);
  private static final Map<MissReason, CacheStatus> COLLAPSED = table(true);

  private final String header;
  private final @Nullable MissReason reason;
  private final boolean collapsed;

  private CacheStatus(String header, @Nullable MissReason reason, boolean collapsed) {
    this.header = header;
    this.reason = reason;
    this.collapsed = collapsed;
  }

  /** The call went to a node. */
  public static CacheStatus miss(MissReason reason) {
    return Objects.requireNonNull(FORWARDED.get(reason));
  }

  /** The call waited for an equal one that was on its way to a node. */
  public static CacheStatus collapsed(MissReason reason) {
    return Objects.requireNonNull(COLLAPSED.get(reason));
  }

  /** The value of the header {@code Cache-Status}. */
  public String header() {
    return header;
  }

  /** Why a node was asked, or null where none was. */
  public @Nullable MissReason reason() {
    return reason;
  }

  /** In one word: {@code hit}, the reason of a miss, or {@code refused}. */
  public String verdict() {
    if (isHit()) {
      return "hit";
    }
    return reason == null ? "refused" : reason.token();
  }

  public boolean isHit() {
    return this == HIT;
  }

  public boolean isCollapsed() {
    return collapsed;
  }

  @Override
  public String toString() {
    return header;
  }

  private static Map<MissReason, CacheStatus> table(boolean collapsed) {
    Map<MissReason, CacheStatus> table = new EnumMap<>(MissReason.class);
    for (MissReason reason : MissReason.values()) {
      String header =
          "Tenfold; fwd=miss" + (collapsed ? "; collapsed" : "") + "; detail=" + reason.token();
      table.put(reason, new CacheStatus(header, reason, collapsed));
    }
    return table;
  }
}
