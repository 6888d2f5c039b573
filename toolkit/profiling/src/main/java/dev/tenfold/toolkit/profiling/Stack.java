package dev.tenfold.toolkit.profiling;

import java.util.List;

/** Frames, the innermost first. The hash is computed once: stacks are keys. */
final class Stack {
  private final List<Frame> frames;
  private final int hash;

  Stack(List<Frame> frames) {
    this.frames = List.copyOf(frames);
    hash = this.frames.hashCode();
  }

  /** A stack of one frame that says why there are no others. */
  static Stack named(String reason) {
    return new Stack(List.of(new Frame("(" + reason + ")", "", 0)));
  }

  List<Frame> frames() {
    return frames;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Stack that && hash == that.hash && frames.equals(that.frames);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
