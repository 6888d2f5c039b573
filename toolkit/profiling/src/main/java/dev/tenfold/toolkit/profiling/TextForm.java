package dev.tenfold.toolkit.profiling;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A profile for people, laid out as Go does for {@code debug=1}: the largest stacks first, each
 * with its values and its frames, innermost first. There are no addresses in it.
 */
final class TextForm {
  /** The text ends soon after so many characters, and says so. */
  private static final int MOST_CHARS = 32 << 20;

  private final String name;
  private final Profile profile;
  private final StringBuilder text = new StringBuilder(1 << 16);

  private TextForm(String name, Profile profile) {
    this.name = name;
    this.profile = profile;
  }

  static String of(String name, Profile profile) {
    TextForm form = new TextForm(name, profile);
    form.write();
    return form.text.toString();
  }

  private void write() {
    head();
    profile.comments().forEach(comment -> text.append("# ").append(comment).append('\n'));
    List<Map.Entry<Sample, long[]>> largestFirst =
        profile.samples().entrySet().stream().sorted(order()).toList();
    int written = 0;
    for (Map.Entry<Sample, long[]> entry : largestFirst) {
      if (text.length() > MOST_CHARS) {
        text.append("\n# and %d more\n".formatted(largestFirst.size() - written));
        break;
      }
      stack(entry.getKey(), entry.getValue());
      written++;
    }
    if (isHeap()) {
      memory();
    }
  }

  private Comparator<Map.Entry<Sample, long[]>> order() {
    int main = profile.mainType();
    return Comparator.comparingLong(entry -> -entry.getValue()[main]);
  }

  private void head() {
    long[] total = new long[profile.types().size()];
    for (long[] values : profile.samples().values()) {
      for (int i = 0; i < total.length; i++) {
        total[i] += values[i];
      }
    }
    if (isHeap()) {
      text.append("heap profile: ").append(values(total)).append(" @ heap/");
      text.append(profile.period()).append('\n');
    } else if (total.length == 1) {
      text.append(name).append(" profile: total ").append(total[0]).append('\n');
    } else {
      text.append("--- ").append(name).append(":\ncycles/second=1000000000\n");
    }
  }

  private void stack(Sample sample, long[] values) {
    text.append(isHeap() ? "" : "\n").append(values(values)).append(" @\n");
    if (!sample.label().isEmpty()) {
      text.append("# ").append(profile.labelKey()).append(": ").append(sample.label());
      text.append('\n');
    }
    for (Frame frame : sample.stack().frames()) {
      text.append("#\t").append(frame.function());
      if (!frame.file().isEmpty()) {
        text.append('\t').append(frame.file());
        text.append(frame.line() > 0 ? ":" + frame.line() : "");
      }
      text.append('\n');
    }
  }

  /** In the order that Go has in its texts. */
  private String values(long[] of) {
    if (isHeap()) {
      return "%d: %d [%d: %d]".formatted(of[2], of[3], of[0], of[1]);
    }
    return of.length == 1 ? Long.toString(of[0]) : of[1] + " " + of[0];
  }

  private boolean isHeap() {
    return profile.types().size() == 4;
  }

  private void memory() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    text.append("\n# HeapUsed = ").append(heap.getUsed());
    text.append("\n# HeapCommitted = ").append(heap.getCommitted());
    text.append("\n# HeapMax = ").append(heap.getMax()).append('\n');
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      text.append("# ").append(gc.getName()).append(": ").append(gc.getCollectionCount());
      text.append(" collections, ").append(gc.getCollectionTime()).append(" ms\n");
    }
  }
}
