package dev.tenfold.demo;

import java.util.Formatter;

/** A name, and beside it a text in lines that fit a terminal. */
final class Sentence {
  private static final String LINE = "  %-15s%s%n";
  private static final int WIDTH = 83;

  private Sentence() {}

  static void write(Formatter page, String name, String text) {
    StringBuilder line = new StringBuilder();
    String label = name;
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() >= WIDTH) {
        page.format(LINE, label, line);
        line.setLength(0);
        label = "";
      }
      line.append(' ').append(word);
    }
    page.format(LINE, label, line);
  }
}
