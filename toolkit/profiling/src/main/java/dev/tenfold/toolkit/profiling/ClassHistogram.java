package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many bytes the reachable objects of each class take. */
final class ClassHistogram {
  private static final Pattern ROW = Pattern.compile(" *\\d+: +\\d+ +(\\d+) +(\\S+).*");

  private ClassHistogram() {}

  /**
   * Collects the whole heap, and counts what is left.
   *
   * @return bytes by the name of the class, as in {@link Class#getName()}
   * @throws IOException where this JVM does not tell
   */
  static Map<String, Long> afterCollection() throws IOException {
    try {
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return parse(String.valueOf(text));
    } catch (JMException e) {
      throw new IOException("this JVM does not count its objects: " + e.getMessage(), e);
    }
  }

  static Map<String, Long> parse(String text) {
    Map<String, Long> bytes = new HashMap<>();
    text.lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> bytes.merge(name(row.group(2)), Long.parseLong(row.group(1)), Long::sum));
    return bytes;
  }

  /** The class without what differs between two ways of naming a hidden one. */
  static String name(String name) {
    int lambda = name.indexOf("$$Lambda");
    return lambda < 0 ? name : name.substring(0, lambda) + "$$Lambda";
  }
}
