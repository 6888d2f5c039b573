package dev.tenfold.toolkit.pool;

/** What is pooled in tests. All are equal, so that a pool that asks for equality is found out. */
final class Thing {
  String content = "";

  @Override
  public boolean equals(Object other) {
    return other instanceof Thing;
  }

  @Override
  public int hashCode() {
    return 1;
  }
}
