package dev.tenfold.loadgen;

import org.jspecify.annotations.Nullable;

/**
 * The connections with a request under way, in the order in which they were sent, which is the one
 * of their deadlines. All steps take constant time, and allocate nothing.
 */
final class UnderWay {
  private @Nullable Connection first;
  private @Nullable Connection last;
  private int size;

  int size() {
    return size;
  }

  /** The one whose deadline is next. */
  @Nullable Connection first() {
    return first;
  }

  void add(Connection connection) {
    connection.underWay = true;
    connection.before = last;
    connection.after = null;
    if (last == null) {
      first = connection;
    } else {
      last.after = connection;
    }
    last = connection;
    size++;
  }

  void remove(Connection connection) {
    Connection before = connection.before;
    Connection after = connection.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    connection.underWay = false;
    connection.before = null;
    connection.after = null;
    size--;
  }
}
