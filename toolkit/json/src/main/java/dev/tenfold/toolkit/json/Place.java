package dev.tenfold.toolkit.json;

/** A place in a message; found only when something is wrong there. */
record Place(int offset, int line, int column) {
  static final Place UNKNOWN = new Place(-1, 0, 0);

  /** The place of the byte at this index of a message that starts at {@code from}. */
  static Place of(byte[] json, int from, int index) {
    int line = 1;
    int lineStart = from;
    for (int i = from; i < index; i++) {
      if (json[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Place(index - from, line, index - lineStart + 1);
  }

  boolean isKnown() {
    return offset >= 0;
  }

  @Override
  public String toString() {
    return "byte " + offset + " (line " + line + ", column " + column + ")";
  }
}
