package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.StreamReadConstraints;

/** How large a message may be, and what is in it; see {@link Json.Builder}. */
record Limits(
    int maxBytes, int maxDepth, int maxStringLength, int maxNumberLength, int maxNameLength) {

  static final Limits DEFAULT = new Limits(16 << 20, 500, 16 << 20, 1_000, 1_000);

  Limits withMaxBytes(int value) {
    return new Limits(value, maxDepth, maxStringLength, maxNumberLength, maxNameLength);
  }

  Limits withMaxDepth(int value) {
    return new Limits(maxBytes, value, maxStringLength, maxNumberLength, maxNameLength);
  }

  Limits withMaxStringLength(int value) {
    return new Limits(maxBytes, maxDepth, value, maxNumberLength, maxNameLength);
  }

  Limits withMaxNumberLength(int value) {
    return new Limits(maxBytes, maxDepth, maxStringLength, value, maxNameLength);
  }

  Limits withMaxNameLength(int value) {
    return new Limits(maxBytes, maxDepth, maxStringLength, maxNumberLength, value);
  }

  /** The same for what databind checks by itself, such as buffered tokens and numbers. */
  StreamReadConstraints constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(maxDepth)
        .maxStringLength(maxStringLength)
        .maxNumberLength(maxNumberLength)
        .maxNameLength(maxNameLength)
        .build();
  }

  void checkDepth(int depth, int index) throws BadInput {
    if (depth > maxDepth) {
      throw BadInput.limit("more than " + maxDepth + " objects and arrays are open", index);
    }
  }

  void checkString(int length, int index) throws BadInput {
    if (length > maxStringLength) {
      throw BadInput.limit("a string is longer than " + maxStringLength + " bytes", index);
    }
  }

  void checkNumber(int length, int index) throws BadInput {
    if (length > maxNumberLength) {
      throw BadInput.limit("a number is longer than " + maxNumberLength + " bytes", index);
    }
  }

  void checkName(int length, int index) throws BadInput {
    if (length > maxNameLength) {
      throw BadInput.limit("a name is longer than " + maxNameLength + " bytes", index);
    }
  }
}
