package dev.tenfold.bench.toolkit;

import dev.tenfold.bench.Report;
import dev.tenfold.bench.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The rounds of a comparison, sorted by case and candidate. */
final class CaseTables {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final Map<String, Map<String, Rounds>> cases = new LinkedHashMap<>();

  /** What a candidate took, round by round. */
  private record Rounds(List<Double> nanos, List<Double> bytes) {
    static Rounds none(String candidate) {
      return new Rounds(new ArrayList<>(), new ArrayList<>());
    }

    Spread over(Rounds yardstick) {
      return Spread.of(
          IntStream.range(0, nanos.size())
              .mapToObj(round -> nanos.get(round) / yardstick.nanos.get(round))
              .toList());
    }
  }

  void add(RunResult result) {
    BenchmarkParams params = result.getParams();
    String method = params.getBenchmark();
    String candidate = method.substring(method.lastIndexOf('.') + 1);
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    if (allocated == null) {
      throw new IllegalStateException("the profiler said nothing of " + ALLOCATED);
    }
    Rounds rounds =
        cases
            .computeIfAbsent(caseOf(params), c -> new LinkedHashMap<>())
            .computeIfAbsent(candidate, Rounds::none);
    rounds.nanos.add(result.getPrimaryResult().getScore());
    rounds.bytes.add(allocated.getScore());
  }

  /** The class without the word that says what kind of class it is, the parameters, the threads. */
  private static String caseOf(BenchmarkParams params) {
    String owner = params.getBenchmark().substring(0, params.getBenchmark().lastIndexOf('.'));
    String what = owner.substring(owner.lastIndexOf('.') + 1).replaceFirst("Micro$", "");
    String values =
        params.getParamsKeys().stream()
            .map(key -> ", " + key + " " + params.getParam(key))
            .collect(Collectors.joining());
    return what
        + values
        + (params.getThreads() == 1 ? "" : ", " + params.getThreads() + " threads");
  }

  void write(Report report) {
    cases.forEach((name, candidates) -> write(report, name, candidates));
  }

  private static void write(Report report, String name, Map<String, Rounds> candidates) {
    Rounds ours = candidates.get(JmhComparison.OURS);
    if (ours == null) {
      throw new IllegalStateException(
          name + " has no candidate " + JmhComparison.OURS + ": " + candidates.keySet());
    }
    report
        .heading(name)
        .table("", "n", "ns", "middle half", "bytes allocated", "times ours", "middle half");
    candidates.entrySet().stream()
        .sorted(Comparator.comparingDouble(each -> Spread.of(each.getValue().nanos).median()))
        .forEach(each -> report.row(cells(each.getKey(), each.getValue(), ours)));
  }

  private static List<String> cells(String candidate, Rounds rounds, Rounds ours) {
    Spread nanos = Spread.of(rounds.nanos);
    int decimals = nanos.median() < 100 ? 1 : 0;
    Spread ratio = rounds.over(ours);
    boolean isOurs = candidate.equals(JmhComparison.OURS);
    return List.of(
        isOurs ? "**" + candidate + "**" : candidate,
        Integer.toString(nanos.n()),
        Report.figure(nanos.median(), decimals),
        half(nanos, decimals),
        Report.figure(Spread.of(rounds.bytes).median(), 0),
        isOurs ? "1" : String.format(Locale.ROOT, "%.2f", ratio.median()),
        isOurs ? "" : half(ratio, 2));
  }

  private static String half(Spread figure, int decimals) {
    return Report.figure(figure.lowerQuartile(), decimals)
        + " to "
        + Report.figure(figure.upperQuartile(), decimals);
  }
}
