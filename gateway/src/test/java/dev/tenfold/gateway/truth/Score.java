package dev.tenfold.gateway.truth;

import dev.tenfold.gateway.truth.Oracle.Verdict;
import dev.tenfold.gateway.truth.Query.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What came of the calls of one run. */
final class Score {
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private final Map<Kind, Integer> hits = new EnumMap<>(Kind.class);
  private final Set<String> methods = new TreeSet<>();
  private int calls;
  private @Nullable String firstWrong;

  void add(Query query, Verdict verdict, boolean hit) {
    calls++;
    methods.add(query.method());
    verdicts.merge(verdict, 1, Integer::sum);
    if (hit) {
      hits.merge(query.kind(), 1, Integer::sum);
    }
  }

  void wrong(String report) {
    if (firstWrong == null) {
      firstWrong = report;
    }
  }

  /** How the first wrong answer came about; null if there was none. */
  @Nullable String firstWrong() {
    return firstWrong;
  }

  int calls() {
    return calls;
  }

  int of(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0);
  }

  int hits(Kind kind) {
    return hits.getOrDefault(kind, 0);
  }

  int hits() {
    return hits.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The methods that were asked. */
  Set<String> methods() {
    return methods;
  }

  @Override
  public String toString() {
    return calls + " calls, " + verdicts + ", hits " + hits;
  }
}
