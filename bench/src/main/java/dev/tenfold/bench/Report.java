package dev.tenfold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A dated page of figures, in Markdown. The result comes first, then how it was come by. */
public final class Report {
  private static final String SPREAD_HEAD = "| | n | median | middle half | least | most |\n";

  private final String name;
  private final LocalDate date;
  private final StringBuilder page = new StringBuilder();

  /** Begins the page that {@code bench/reports/DATE-NAME.md} is to be. */
  public Report(String name, String title, LocalDate date) {
    this.name = name;
    this.date = date;
    page.append("# ").append(title).append(", ").append(date).append('\n');
  }

  /** Appends a paragraph of Markdown. */
  public Report paragraph(String text) {
    page.append('\n').append(text).append('\n');
    return this;
  }

  /** Begins a chapter. */
  public Report heading(String text) {
    page.append("\n## ").append(text).append('\n');
    return this;
  }

  /** Begins a table of spreads; a quarter of the values is below the middle half, one above. */
  Report spreads() {
    page.append('\n').append(SPREAD_HEAD).append("| --- | --: | --: | --: | --: | --: |\n");
    return this;
  }

  Report spread(String label, Spread figure, int decimals) {
    return row(List.of(label, figure.cells(decimals)));
  }

  /** Begins a table. */
  public Report table(String... heads) {
    page.append('\n');
    row(List.of(heads));
    return row(Collections.nCopies(heads.length, "--:"));
  }

  /** Appends a row to the table. */
  public Report row(List<String> cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    return this;
  }

  /** A figure with thousands set apart. */
  public static String figure(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** A whole number with thousands set apart. */
  public static String figure(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** What the figures were taken on and with. */
  public Report setting(List<String> jvmFlags, String collectors, String loadAtStart)
      throws IOException {
    heading("Setting").table("", "").row(List.of("machine", Machine.description()));
    row(List.of("program at commit", System.getProperty("bench.commit", "unknown")));
    String flags = String.join(" ", jvmFlags).replace(Program.root() + "/", "");
    row(List.of("JVM flags", "`" + flags + "`"));
    row(List.of("collector", collectors));
    return row(
        List.of(
            "load average of the machine", loadAtStart + " before, " + Machine.load() + " after"));
  }

  String text() {
    return page.toString();
  }

  /** Writes the page beside the others, in place of one of the same day. */
  void write() throws IOException {
    Path folder = Files.createDirectories(Program.root().resolve("bench").resolve("reports"));
    String file = date + "-" + name + ".md";
    Files.writeString(folder.resolve(file), text());
    System.out.println(text());
    System.out.println("Written to bench/reports/" + file);
  }
}
