package dev.tenfold.loadgen;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands in parameters for something that is made of the call's key. */
enum Variable {
  /** {@code $block}: a block number as a quantity, such as 0x1b4. */
  BLOCK("block"),
  /** {@code $address}: an address, a pure function of the key. */
  ADDRESS("address"),
  /** {@code $digits}: the 40 digits of the same address, for calldata. */
  DIGITS("digits");

  static final Pattern FORM = Pattern.compile("\\$([A-Za-z]*)");

  private final String word;

  Variable(String word) {
    this.word = word;
  }

  /** The variable of such a name, without its {@code $}. */
  static Optional<Variable> named(String name) {
    return Arrays.stream(values()).filter(variable -> variable.word.equals(name)).findFirst();
  }

  static void requireKnown(String params) {
    Matcher matcher = FORM.matcher(params);
    while (matcher.find()) {
      if (named(matcher.group(1)).isEmpty()) {
        throw new IllegalArgumentException(
            "params has "
                + matcher.group()
                + ", which is no variable; there are "
                + Arrays.stream(values())
                    .map(variable -> "$" + variable.word)
                    .collect(Collectors.joining(", ")));
      }
    }
  }
}
