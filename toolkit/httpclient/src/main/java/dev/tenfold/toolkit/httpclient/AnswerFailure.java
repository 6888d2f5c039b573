package dev.tenfold.toolkit.httpclient;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;

/** What arrives cannot be an answer. Never leaves the package; it has no stack trace. */
final class AnswerFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  AnswerFailure(Kind kind) {
    super(kind.name(), null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
