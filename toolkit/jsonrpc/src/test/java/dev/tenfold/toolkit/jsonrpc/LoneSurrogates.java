package dev.tenfold.toolkit.jsonrpc;

import java.util.BitSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides escaped surrogates that have no partner from Jackson, which refuses them in names, though
 * RFC 8259 (section 8.2) allows them. A block of characters that the text does not use stands in
 * for the block of the surrogates.
 */
final class LoneSurrogates {
  private static final int BLOCK_BITS = 11;
  private static final int SURROGATES = Character.MIN_SURROGATE >>> BLOCK_BITS;
  private static final int FIRST_BLOCK = 2;
  private static final Pattern ESCAPE =
      Pattern.compile(
          """
          (?x)  \\\\u[dD][89abAB][0-9a-fA-F]{2} \\\\u[dD][c-fC-F][0-9a-fA-F]{2}  # a pair
          | \\\\u(?<unit> [0-9a-fA-F]{4} )
          | \\\\.
          """);

  private static final LoneSurrogates NONE = new LoneSurrogates(SURROGATES);

  private final int block;

  private LoneSurrogates(int block) {
    this.block = block;
  }

  static LoneSurrogates in(String text) {
    if (!text.contains("\\ud") && !text.contains("\\uD")) {
      return NONE;
    }
    BitSet used = new BitSet();
    used.set(SURROGATES);
    text.chars().forEach(unit -> used.set(unit >>> BLOCK_BITS));
    ESCAPE
        .matcher(text)
        .results()
        .filter(escape -> escape.group("unit") != null)
        .forEach(escape -> used.set(unit(escape) >>> BLOCK_BITS));
    return new LoneSurrogates(used.nextClearBit(FIRST_BLOCK));
  }

  private static int unit(MatchResult escape) {
    return Integer.parseInt(escape.group("unit"), 16);
  }

  /** The text with other characters in place of the lone surrogates, and of the same length. */
  String replace(String text) {
    if (block == SURROGATES) {
      return text;
    }
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape -> {
              boolean lone =
                  escape.group("unit") != null && unit(escape) >>> BLOCK_BITS == SURROGATES;
              String same = Matcher.quoteReplacement(escape.group());
              return lone ? String.format("\\\\u%04x", move(unit(escape), block)) : same;
            });
  }

  /** Puts the surrogates back into what was read. */
  String restore(String read) {
    if (block == SURROGATES) {
      return read;
    }
    StringBuilder text = new StringBuilder(read);
    for (int i = 0; i < read.length(); i++) {
      if (read.charAt(i) >>> BLOCK_BITS == block) {
        text.setCharAt(i, (char) move(read.charAt(i), SURROGATES));
      }
    }
    return text.toString();
  }

  private static int move(int unit, int block) {
    return (block << BLOCK_BITS) | (unit & ((1 << BLOCK_BITS) - 1));
  }
}
