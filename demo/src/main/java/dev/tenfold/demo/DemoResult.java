package dev.tenfold.demo;

import dev.tenfold.loadgen.Mix;
import java.time.Duration;
import java.util.List;

/** What was measured, side by side. */
public final class DemoResult {
  private final DemoPlan plan;
  private final Mix mix;
  private final List<Column> columns;
  private final Duration took;

  DemoResult(DemoPlan plan, Mix mix, List<Column> columns, Duration took) {
    this.plan = plan;
    this.mix = mix;
    this.columns = List.copyOf(columns);
    this.took = took;
  }

  DemoPlan plan() {
    return plan;
  }

  Mix mix() {
    return mix;
  }

  List<Column> columns() {
    return columns;
  }

  Duration took() {
    return took;
  }

  /** The table for people, and how each row was taken. */
  public String text() {
    return DemoText.of(this);
  }

  /** The same as one JSON object. */
  public String json() {
    return DemoJson.of(this).toPrettyString();
  }
}
