package dev.tenfold.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * The table as a picture: a panel for each figure, and a bar in it for each step. A bar has colour
 * where the step made a difference. The thin line across its end goes from the lowest round to the
 * highest. The gateway does other work, so it has a bar without a fill, which is cut off where it
 * is longer than all others could be.
 */
final class StepsSvg {
  private static final int WIDTH = 880;
  private static final int MARGIN = 20;
  private static final int LABELS = 106;
  private static final int COLUMNS = 4;
  private static final int PANEL = (WIDTH - 2 * MARGIN - LABELS) / COLUMNS;
  private static final int BAR = 104;
  private static final int ROW = 22;
  private static final int THICK = 12;
  private static final int TOP = 78;
  private static final int HEAD = 42;
  private static final int GAP = 26;
  private static final int FOOT = 34;
  private static final int BASE = 15;
  private static final int SPACE = 6;
  private static final int CUT = 6;
  private static final double ROUNDING = 1e-9;

  private static final String STYLE =
      """
      <style>
      .page{fill:#fff;stroke:#d1d9e0}
      .stripe{fill:#f6f8fa}
      .axis{stroke:#d1d9e0}
      text{font:12px -apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif;fill:#1f2328}
      .title{font-size:17px;font-weight:600}
      .head{font-weight:600}
      .soft{fill:#59636e;font-size:11px}
      .end{text-anchor:end}
      .start{fill:#818b98}
      .same{fill:#c8d1da}
      .better{fill:#0969da}
      .worse{fill:#d9822b}
      .aside{fill:none;stroke:#818b98;stroke-dasharray:3 2}
      .cut{fill:none;stroke:#818b98}
      .range{stroke:#1f2328;stroke-width:1.2;stroke-opacity:.65}
      @media (prefers-color-scheme:dark){
      .page{fill:#0d1117;stroke:#3d444d}
      .stripe{fill:#151b23}
      .axis{stroke:#3d444d}
      text{fill:#f0f6fc}
      .soft{fill:#9198a1}
      .start{fill:#818b98}
      .same{fill:#4a535d}
      .better{fill:#4493f8}
      .worse{fill:#d29922}
      .aside,.cut{stroke:#9198a1}
      .range{stroke:#f0f6fc}
      }
      </style>
      """;

  private final Formatter page = new Formatter(Locale.ROOT);
  private final StepsResult result;
  private final List<Measured> lines;

  private StepsSvg(StepsResult result) {
    this.result = result;
    lines = result.lines();
  }

  static String of(StepsResult result) {
    return new StepsSvg(result).write();
  }

  private String write() {
    Figure[] figures = Figure.values();
    int bands = (figures.length + COLUMNS - 1) / COLUMNS;
    int height = TOP + bands * (bandHeight() + GAP) - GAP + FOOT;
    page.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title desc\">%n",
        WIDTH, height, WIDTH, height);
    page.format("<title id=\"title\">What each step brought</title>%n");
    page.format("<desc id=\"desc\">%s</desc>%n%s", escape(description()), STYLE);
    page.format(
        "<rect class=\"page\" x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"8\"/>%n",
        WIDTH - 1, height - 1);
    heading();
    for (int band = 0; band < bands; band++) {
      int top = TOP + band * (bandHeight() + GAP);
      labels(top);
      for (int column = 0; column < COLUMNS && band * COLUMNS + column < figures.length; column++) {
        panel(figures[band * COLUMNS + column], MARGIN + LABELS + column * PANEL, top);
      }
    }
    text("soft", MARGIN, height - 14, footer());
    page.format("</svg>%n");
    return page.toString();
  }

  private int bandHeight() {
    return HEAD + lines.size() * ROW;
  }

  private void heading() {
    text("title", MARGIN, 34, "What each step brought");
    text(
        "soft",
        MARGIN,
        54,
        "One Web3 backend before a node that takes %d ms: each step has all that those above it have. Median of %s."
            .formatted(DemoPlan.NODE_LATENCY.toMillis(), result.plan().roundsText()));
    key(430, "start", "first day");
    key(516, "better", "better");
    key(588, "worse", "worse");
    key(658, "same", "no difference");
    key(770, "aside", "other work");
  }

  private void key(int x, String style, String meaning) {
    page.format(
        "<rect class=\"%s\" x=\"%d\" y=\"24\" width=\"12\" height=\"12\" rx=\"2\"/>%n", style, x);
    text("soft", x + 18, 34, meaning);
  }

  private void labels(int top) {
    for (int row = 0; row < lines.size(); row++) {
      int y = top + HEAD + row * ROW;
      if (row % 2 == 0) {
        page.format(
            "<rect class=\"stripe\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\"/>%n",
            MARGIN - 8, y, WIDTH - 2 * MARGIN + 16, ROW);
      }
      text("", MARGIN, y + BASE, lines.get(row).name());
    }
  }

  private void panel(Figure figure, int x, int top) {
    text("head", x, top + 14, figure.phrase());
    text("soft", x, top + 30, hint(figure));
    int bottom = top + HEAD + lines.size() * ROW;
    page.format("<path class=\"axis\" d=\"M%d %dV%d\"/>%n", x, top + HEAD, bottom);
    double longest =
        lines.stream()
            .filter(Measured::comparable)
            .map(line -> line.spread(figure))
            .filter(spread -> !spread.isEmpty())
            .mapToDouble(Spread::max)
            .max()
            .orElse(0);
    for (int row = 0; row < lines.size(); row++) {
      Spread spread = lines.get(row).spread(figure);
      int y = top + HEAD + row * ROW;
      if (spread.isEmpty()) {
        text("soft", x + SPACE, y + BASE, "not known");
      } else {
        bar(figure, row, spread, longest == 0 ? 0 : BAR / longest, x, y);
      }
    }
  }

  private void bar(Figure figure, int row, Spread spread, double scale, int x, int y) {
    double length = spread.median() * scale;
    boolean cut = length > BAR * (1 + ROUNDING);
    double end = cut ? BAR + CUT : length;
    if (length > 0) {
      page.format(
          "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
          style(figure, row), x, y + (ROW - THICK) / 2, Math.clamp(length, 1, BAR), THICK);
    }
    if (cut) {
      page.format("<path class=\"cut\" d=\"M%d %dl4 -16m3 0l-4 16\"/>%n", x + BAR - 4, y + 19);
    } else if (spread.max() > spread.min()) {
      end = Math.min(spread.max() * scale, BAR + CUT);
      page.format(
          "<path class=\"range\" d=\"M%.1f %dH%.1f\"/>%n",
          x + spread.min() * scale, y + ROW / 2, x + end);
    }
    text("", (int) Math.ceil(x + end + SPACE), y + BASE, figure.text(spread.median()));
  }

  private String style(Figure figure, int row) {
    Measured line = lines.get(row);
    if (row == 0) {
      return "start";
    }
    Measured before = lines.get(row - 1);
    if (!line.comparable()) {
      return "aside";
    }
    if (!line.differs(figure, before)) {
      return "same";
    }
    boolean higher = line.spread(figure).median() > before.spread(figure).median();
    return higher == figure.isBetterHigh() ? "better" : "worse";
  }

  private String hint(Figure figure) {
    return switch (figure) {
      case P50, P99 -> "at %,d requests a second".formatted(result.plan().rate());
      case THROUGHPUT -> "more is better";
      case CPU -> "less is better";
      case MEMORY -> "resident, less is better";
      case HEAP -> "allocated, less is better";
      case PAUSE -> "the longest, less is better";
      case NODE_CALLS -> "less is better";
    };
  }

  private String description() {
    List<String> sentences = new ArrayList<>();
    for (Measured line : lines) {
      List<String> figures =
          Arrays.stream(Figure.values())
              .filter(figure -> !line.spread(figure).isEmpty())
              .map(figure -> figure.phrase() + " " + figure.text(line.spread(figure).median()))
              .toList();
      sentences.add(line.name() + ": " + String.join(", ", figures) + ".");
    }
    return String.join(" ", sentences);
  }

  private String footer() {
    return "Against the step before. The thin line goes from the lowest round to the highest. %d processors, JDK %d; ./tenfold demo --steps"
        .formatted(Runtime.getRuntime().availableProcessors(), Runtime.version().feature());
  }

  private void text(String style, int x, int y, String text) {
    String attribute = style.isEmpty() ? "" : " class=\"" + style + "\"";
    page.format("<text%s x=\"%d\" y=\"%d\">%s</text>%n", attribute, x, y, escape(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
