package dev.tenfold.toolkit.json;

import dev.tenfold.toolkit.json.NameTable.Name;

/**
 * Reads the names of members: guessed, else found in the table, else made. Belongs to one reader.
 */
final class MemberNames {
  private final Limits limits;
  private final NameTable table;
  private final JsonLexer lexer;
  private final NameSequence sequence = new NameSequence();

  MemberNames(Limits limits, NameTable table, JsonLexer lexer) {
    this.limits = limits;
    this.table = table;
    this.lexer = lexer;
  }

  /** A message begins. */
  void start() {
    sequence.start();
  }

  /** Passes the name at whose opening quote the lexer stands. */
  String read() throws BadInput {
    int quote = lexer.at();
    Name guessed = sequence.guess(lexer.json(), quote + 1, lexer.end());
    if (guessed != null) { // it was checked against the limits when it was learnt
      lexer.pass(guessed.length() + 2);
      return guessed.text;
    }
    lexer.string();
    limits.checkName(lexer.to() - lexer.from(), quote);
    return lexer.escaped() ? lexer.text() : unexpected();
  }

  private String unexpected() {
    Name kept = table.find(lexer.json(), lexer.from(), lexer.to());
    if (kept == null) {
      return table.add(lexer.json(), lexer.from(), lexer.to());
    }
    sequence.learn(kept);
    return kept.text;
  }
}
