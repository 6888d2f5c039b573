package dev.tenfold.loadgen;

/** How a request can fail, apart from statuses of HTTP and codes of JSON-RPC. */
enum FailureKind {
  CONNECT("connect"),
  RESET("reset"),
  TIMEOUT("timeout"),
  MALFORMED("malformed reply"),
  WRONG_ID("wrong id");

  private final String label;

  FailureKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
