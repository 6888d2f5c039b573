package dev.tenfold.demo;

import dev.tenfold.loadgen.Mix;
import java.time.Duration;
import java.util.List;

/** What each step brought. */
public final class StepsResult {
  private final StepsPlan plan;
  private final Mix mix;
  private final List<Measured> lines;
  private final Duration took;

  StepsResult(StepsPlan plan, Mix mix, List<Measured> lines, Duration took) {
    this.plan = plan;
    this.mix = mix;
    this.lines = List.copyOf(lines);
    this.took = took;
  }

  StepsPlan plan() {
    return plan;
  }

  Mix mix() {
    return mix;
  }

  List<Measured> lines() {
    return lines;
  }

  Duration took() {
    return took;
  }

  /** The table for people, and how it was taken; at most 100 characters wide. */
  public String text() {
    return StepsText.of(this);
  }

  /** All rounds as one JSON object. */
  public String json() {
    return StepsJson.of(this).toPrettyString();
  }

  /** The table as a picture: SVG, readable on light and dark pages, without scripts. */
  public String svg() {
    return StepsSvg.of(this);
  }
}
