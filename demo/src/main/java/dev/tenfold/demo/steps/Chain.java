package dev.tenfold.demo.steps;

import java.io.IOException;

/** What the backend knows of the chain. */
interface Chain {
  /**
   * What a user is to be told.
   *
   * @param format of this request
   */
  Facts ask(Lookup lookup, String subject, Format format) throws IOException;

  /** As on a first day: the node is asked each time. */
  static Chain of(NodeClient node) {
    return (lookup, subject, format) ->
        format.facts(lookup, node.post(format.call(lookup, subject)));
  }
}
