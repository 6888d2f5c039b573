package dev.tenfold.gateway.route;

import dev.tenfold.gateway.upstream.Node;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which filter lives on which node. Keeps at most {@link #MAX_FILTERS}, and forgets one that nobody
 * asked for in {@link #IDLE}, as nodes do; where there is no room the one asked for least recently
 * goes.
 *
 * <p>Thread-safe, by one lock that is held for a few instructions: filters are polled a few times a
 * second, not a few thousand times.
 */
final class FilterPins {
  static final int MAX_FILTERS = 10_000;
  static final Duration IDLE = Duration.ofMinutes(5);

  /**
   * A filter.
   *
   * @param node where it lives
   * @param idThere what it is called there
   */
  record Pin(Node node, String idThere) {}

  private record Kept(Pin pin, long lastAskedNanos) {}

  private final LongSupplier nanos;
  private final RandomGenerator random = new SplittableRandom();
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  FilterPins(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Keeps a new filter in mind.
   *
   * @return what the caller is to call it: the node's own id, unless a filter of another node has
   *     it already
   */
  synchronized String pin(Node node, String idThere) {
    forgetTheIdle();
    Kept same = kept.get(canonical(idThere));
    boolean taken = same != null && !same.pin().node().equals(node);
    String id = taken ? unusedId() : idThere;
    kept.put(canonical(id), new Kept(new Pin(node, idThere), nanos.getAsLong()));
    if (kept.size() > MAX_FILTERS) {
      kept.remove(kept.keySet().iterator().next());
    }
    return id;
  }

  /** Where the filter lives, or null if it is not known or was forgotten. */
  synchronized @Nullable Pin find(String id) {
    forgetTheIdle();
    Kept found = kept.get(canonical(id));
    if (found == null) {
      return null;
    }
    kept.put(canonical(id), new Kept(found.pin(), nanos.getAsLong()));
    return found.pin();
  }

  synchronized void forget(String id) {
    kept.remove(canonical(id));
  }

  synchronized int size() {
    return kept.size();
  }

  /** The map is in the order in which its entries were asked for, so the idle ones come first. */
  private void forgetTheIdle() {
    long now = nanos.getAsLong();
    Iterator<Kept> oldest = kept.values().iterator();
    while (oldest.hasNext() && now - oldest.next().lastAskedNanos() >= IDLE.toNanos()) {
      oldest.remove();
    }
  }

  private String unusedId() {
    String id = randomId();
    while (kept.containsKey(canonical(id))) {
      id = randomId();
    }
    return id;
  }

  /** 124 random bits that begin with a one: clients drop zeros at the front. */
  private String randomId() {
    return "0x1%015x%016x".formatted(random.nextLong() >>> 4, random.nextLong());
  }

  /** Some clients read the id as a number and write it anew. */
  private static String canonical(String id) {
    String lower = id.toLowerCase(Locale.ROOT);
    return lower.startsWith("0x") ? "0x" + lower.substring(2).replaceFirst("^0+(?=.)", "") : lower;
  }
}
